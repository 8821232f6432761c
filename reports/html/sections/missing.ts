/** Owns what the reader does not see above: runners that were not there, cases skipped, figures not taken, each with its reason. */

import { who } from '../charts/legend.ts';
import { type Content, type Fragment, html } from '../markup/html.ts';
import type { Page, Section } from '../model/page.ts';
import { type Seat, tookPart } from '../model/roster.ts';
import { counted } from '../model/units.ts';
import { emptyNote, joined, scrollBox } from './parts.ts';

interface Gap {
  suite: string;
  case: string;
  wasi: string;
  runner: string;
  reason?: string;
}

export const missing: Section = {
  id: 'missing',
  title: 'Skipped and missing',
  render(page) {
    const absent = page.roster.seats.filter((seat) => !tookPart(seat));
    const skipped = page.run.conformance.filter((one) => one.outcome === 'skip');
    const untimed = page.run.notMeasured;
    if (absent.length + skipped.length + untimed.length === 0) {
      return emptyNote('Nothing was left out of this run.');
    }
    return html`${absentTable(absent)}${gaps(page, 'Skipped cases', skipped)}${gaps(page, 'Not measured', untimed)}`;
  },
};

function absentTable(absent: readonly Seat[]): Content {
  if (absent.length === 0) return '';
  const rows = absent.map(
    (seat) =>
      html`<tr><th scope="row">${who(seat)}</th><td>${seat.record?.name ?? ''}</td><td><span class="prose">${seat.record?.reason ?? 'no reason was given'}</span></td></tr>`,
  );
  return html`<h3>Runners not installed</h3>${scrollBox(
    'Runners not installed',
    html`<table><caption class="hidden">Runners not installed</caption><thead><tr><th scope="col">Runner</th><th scope="col">Runtime</th><th scope="col">Why, and what to do</th></tr></thead><tbody>${rows}</tbody></table>`,
  )}`;
}

/** Grouped by reason, because one reason usually explains many. */
function gaps(page: Page, title: string, found: readonly Gap[]): Content {
  if (found.length === 0) return '';
  const byReason = [...Map.groupBy(found, (one) => one.reason ?? 'no reason was given')].toSorted(
    (a, b) => b[1].length - a[1].length,
  );
  const items = byReason.map(([reason, members]) => {
    const runners = [...new Set(members.map((one) => one.runner))];
    return html`<details class="reason"><summary><span class="name prose">${reason}</span><span class="counts"><span>${counted(members.length, 'result')}</span>${runners.map((id) => who(page.roster.of(id)))}</span></summary>${byRunner(page, members)}</details>`;
  });
  return html`<h3>${title}</h3>${items}`;
}

function byRunner(page: Page, members: readonly Gap[]): Fragment {
  const grouped = Map.groupBy(members, (one) => one.runner);
  return html`<dl class="gaps">${[...grouped].map(
    ([runner, found]) =>
      html`<div><dt>${who(page.roster.of(runner))}</dt><dd>${joined(
        found.map((one) => html`<code>${one.wasi} ${one.suite}/${one.case}</code>`),
        ' ',
      )}</dd></div>`,
  )}</dl>`;
}
