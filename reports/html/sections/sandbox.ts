/** Owns what stands first where there is any: guests that reached what they were not given, by runner, with what is known of it. */

import type { ConformanceRecord } from '../../../harness/contracts/run.ts';
import { breaksSandbox, failsInSandbox } from '../../../harness/contracts/sandbox.ts';
import { who } from '../charts/legend.ts';
import { type Content, type Fragment, html } from '../markup/html.ts';
import { gravity } from '../model/outcomes.ts';
import type { Page, Section } from '../model/page.ts';
import type { Seat } from '../model/roster.ts';
import { counted } from '../model/units.ts';
import { chip, joined } from './parts.ts';

const MOST_NAMED = 3;

export const sandbox: Section = {
  id: 'sandbox',
  title: 'Out of the sandbox',
  isShown: ({ run }) => run.conformance.some(failsInSandbox),
  render: (page) => {
    const failed = page.run.conformance.filter(failsInSandbox);
    return html`<div class="sentence"><p>${sentence(failed)} A runtime that fails here is not to be relied on for guests that are not your own.</p></div>${page.roster.seats.map(
      (seat) =>
        runnerPart(
          page,
          seat,
          failed.filter((one) => one.runner === seat.id),
        ),
    )}`;
  },
};

function sentence(failed: readonly ConformanceRecord[]): Content {
  const unexpected = failed.filter(breaksSandbox).length;
  const known = failed.length - unexpected;
  const news = html`<strong class="bad">${counted(unexpected, 'result')} that nobody expected</strong>`;
  const old = html`${counted(known, 'result')} that the runners’ expectations name`;
  if (unexpected === 0) return html`Guests were not held to what they were given in ${old}.`;
  return html`Guests were not held to what they were given in ${news}${known > 0 && html`, and in ${old}`}.`;
}

/** What was expected is said once for all cases with that reason; behind it stands what was seen, which differs. */
const reasonOf = ({ outcome, reason }: ConformanceRecord) =>
  outcome === 'xfail' ? reason?.split('; seen: ')[0] : reason;
const groundOf = (record: ConformanceRecord) => `${record.outcome} ${reasonOf(record) ?? ''}`;

function runnerPart(page: Page, seat: Seat, own: readonly ConformanceRecord[]): Content {
  if (own.length === 0) return '';
  const groups = [...Map.groupBy(own, groundOf).values()].toSorted(
    (a, b) => gravity(a[0]?.outcome ?? 'skip') - gravity(b[0]?.outcome ?? 'skip') || b.length - a.length,
  );
  return html`<h3>${who(seat)} <small>${counted(own.length, 'case')}</small></h3><ul class="unexpected ofOne">${groups.map((group) => groupItem(page, group))}</ul>`;
}

function groupItem({ anchors }: Page, group: readonly ConformanceRecord[]): Fragment {
  const [first] = group;
  if (!first) return html``;
  const named = group.slice(0, MOST_NAMED).map((one) => {
    const anchor = anchors.of('case', one.wasi, one.suite, one.case);
    return html`<a href="#${anchor}"><code>${one.wasi} ${one.case}</code></a>`;
  });
  const rest = group.length - named.length;
  return html`<li>${chip(first.outcome)} <span class="what">${joined(named)}${rest > 0 && html` and ${rest} more`} <span class="prose">${reasonOf(first) ?? first.title}</span></span></li>`;
}
