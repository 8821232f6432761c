/** Owns what the specification leaves open: which of the allowed outcomes each runner took. Nothing here is a failure. */

import type { ConformanceRecord } from '../../../harness/contracts/run.ts';
import { who } from '../charts/legend.ts';
import { type Content, type Fragment, html } from '../markup/html.ts';
import type { Page, Section } from '../model/page.ts';
import { tookPart } from '../model/roster.ts';
import { counted } from '../model/units.ts';
import { emptyNote, joined, scrollBox } from './parts.ts';

/** One call that may end in several ways, on one runner. */
interface Open {
  record: ConformanceRecord;
  /** The function of the call, which is what stands before its arguments. */
  name: string;
  seen: string;
}

/** Values are too many to be told apart by: a success is one, whatever came back. */
const ERROR = /^[a-z0-9-]{1,40}$/;
const NAMED_VALUE = /^(true|false|ok|\d+)$/;

export const ambiguities: Section = {
  id: 'ambiguities',
  title: 'Left open by the specification',
  render(page) {
    const byText = Map.groupBy(openCalls(page), ({ why }) => why);
    if (byText.size === 0)
      return emptyNote('No case of this run met a point that the specification leaves open.');
    const texts = [...byText].toSorted(([, a], [, b]) => differing(b) - differing(a) || b.length - a.length);
    const [apart, alike] = [true, false].map((want) =>
      texts
        .filter(([, calls]) => differing(calls) > 0 === want)
        .map(([why, calls]) => leftOpen(page, why, calls)),
    );
    return html`<p>Where the specification allows several outcomes, each of them passes. ${counted(apart!.length, 'such point')} on which the runners differ, so that portable programs must reckon with either:</p>${apart!}${alike!.length > 0 && html`<details class="reason"><summary><span class="name">${counted(alike!.length, 'further point')} on which all runners did the same</span></summary><div class="body">${alike!}</div></details>`}`;
  },
};

function openCalls({ run }: Page): (Open & { why: string })[] {
  return run.conformance.flatMap((record) =>
    (record.ambiguities ?? []).map(({ call, seen, why }) => ({
      record,
      name: call.split('(')[0] ?? call,
      seen: ERROR.test(seen) && !NAMED_VALUE.test(seen) ? seen : kindOf(seen),
      why,
    })),
  );
}

const kindOf = (seen: string) => (seen.startsWith('trap') ? 'trap' : 'ok');

/** How many functions did not end alike on all runners. */
function differing(calls: readonly Open[]): number {
  return [...Map.groupBy(calls, ({ name }) => name).values()].filter(
    (own) => new Set([...Map.groupBy(own, ({ record }) => record.runner).values()].map(outcomesOf)).size > 1,
  ).length;
}

const outcomesOf = (calls: readonly Open[]): string =>
  [...new Set(calls.map(({ seen }) => seen))].toSorted().join(' · ');

function leftOpen(page: Page, why: string, calls: readonly Open[]): Fragment {
  const functions = Map.groupBy(calls, ({ name }) => name);
  const count = differing(calls);
  const told = count === 0 ? 'all alike' : counted(count, 'function differs', 'functions differ');
  return html`<details class="reason"><summary><span class="name prose">${why}</span><span class="counts"><span>${told}</span></span></summary><div class="body">${table(page, functions)}</div></details>`;
}

function table(page: Page, functions: ReadonlyMap<string, Open[]>): Fragment {
  const seats = page.roster.seats.filter(tookPart);
  const rows = [...functions].map(
    ([name, calls]) =>
      html`<tr><th scope="row"><code>${name}</code></th>${seats.map(({ id }) => html`<td>${cell(calls, id)}</td>`)}<td>${cases(page, calls)}</td></tr>`,
  );
  return scrollBox(
    'Outcomes by function and runner',
    html`<table><caption class="hidden">Outcomes by function and runner</caption><thead><tr><th scope="col">Function</th>${seats.map((seat) => html`<th scope="col">${who(seat)}</th>`)}<th scope="col">Cases</th></tr></thead><tbody>${rows}</tbody></table>`,
  );
}

function cell(calls: readonly Open[], runner: string): Content {
  const own = calls.filter(({ record }) => record.runner === runner);
  return own.length === 0 ? '—' : html`<code>${outcomesOf(own)}</code>`;
}

const LISTED = 3;

function cases({ anchors }: Page, calls: readonly Open[]): Content {
  const found = new Map(
    calls.map(({ record: { wasi, suite, case: name } }) => [
      JSON.stringify([wasi, suite, name]),
      html`<a href="#${anchors.of('case', wasi, suite, name)}"><code>${wasi} ${suite}/${name}</code></a>`,
    ]),
  );
  const links = [...found.values()];
  const more = links.length - LISTED;
  return html`${joined(links.slice(0, LISTED), ' ')}${more > 0 && html` and ${more} more`}`;
}
