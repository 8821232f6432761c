/** Owns the conformance matrix: a row a suite and WASI version, a column a runner, and the way down to the cases. */

import type { ConformanceRecord } from '../../../harness/contracts/run.ts';
import { stackedBar } from '../charts/bar.ts';
import { who } from '../charts/legend.ts';
import { type Content, type Fragment, html } from '../markup/html.ts';
import { groupCases, type SuiteGroup, type WasiGroup } from '../model/cases.ts';
import { tally } from '../model/outcomes.ts';
import type { Page, Section } from '../model/page.ts';
import { adapterNote, capabilityOf, type Seat, tookPart, wasiLabel } from '../model/roster.ts';
import { counted } from '../model/units.ts';
import { caseDetails } from './case.ts';
import { emptyNote, scrollBox } from './parts.ts';

export const conformance: Section = {
  id: 'conformance',
  title: 'Conformance',
  render(page) {
    const groups = groupCases(page.run);
    if (groups.length === 0) return emptyNote('No conformance case was part of this run.');
    const seats = page.roster.seats.filter((seat) => hasColumn(seat, page.run.conformance));
    return html`<p>How many cases passed of those that ran, by interface and runner. Follow a row to its cases.</p>${matrix(page, groups, seats)}${key()}<h3>Cases</h3><p>Open an interface, then a case, for each runner’s outcome, what the specification asks for, and the calls that were made. The gravest outcome comes first.</p>${groups.flatMap((group) => group.suites.map((suite) => suiteDetails(page, suite)))}`;
  },
};

/** A runner that was not there has nothing but skips, which the section on what is missing tells once. */
function hasColumn(seat: Seat, records: readonly ConformanceRecord[]): boolean {
  return tookPart(seat) || records.some((one) => one.runner === seat.id && one.outcome !== 'skip');
}

function matrix(page: Page, groups: readonly WasiGroup[], seats: readonly Seat[]): Fragment {
  const bodies = groups.map(({ wasi, suites }) => {
    const notes = seats.map((seat) => html`<td><small>${supportNote(seat, wasi)}</small></td>`);
    const rows = suites.map((suite) => {
      const anchor = page.anchors.of('suite', wasi, suite.suite);
      const cells = seats.map((seat) => cell(suite.records.filter((one) => one.runner === seat.id)));
      return html`<tr><th scope="row"><a href="#${anchor}">${suite.suite}</a> <small>${counted(suite.cases.length, 'case')}</small></th>${cells}</tr>`;
    });
    return html`<tbody><tr class="version"><th scope="rowgroup">${wasiLabel(wasi)}</th>${notes}</tr>${rows}</tbody>`;
  });
  const totals = seats.map((seat) => cell(page.run.conformance.filter((one) => one.runner === seat.id)));
  return scrollBox(
    'Conformance matrix',
    html`<table class="matrix"><caption>Conformance by interface and runner</caption><thead><tr><th scope="col">Interface</th>${seats.map((seat) => html`<th scope="col">${who(seat)}<small>${seat.record?.version ?? ''}</small></th>`)}</tr></thead>${bodies}<tfoot><tr><th scope="row">All</th>${totals}</tr></tfoot></table>`,
  );
}

function supportNote(seat: Seat, wasi: string): Content {
  const capability = capabilityOf(seat, wasi);
  if (capability?.support === 'none') return capability.reason ?? 'not supported';
  return adapterNote(seat, wasi) ?? '';
}

function cell(records: readonly ConformanceRecord[]): Fragment {
  if (records.length === 0) return html`<td class="none">—</td>`;
  const own = tally(records);
  if (own.ran === 0) return html`<td class="none">skipped</td>`;
  const details = [
    own.unexpected > 0 && html`<span class="bad">${own.unexpected} unexpected</span>`,
    own.xfail > 0 && html`<span class="xfail">${own.xfail} expected fail${own.xfail > 1 && 's'}</span>`,
    own.skip > 0 && html`<span>${own.skip} skipped</span>`,
  ].filter((one) => one !== false);
  return html`<td><span class="count"><strong>${own.pass}</strong>/${own.ran}</span>${stackedBar(own)}<small>${details.map((one) => html`${one} `)}</small></td>`;
}

function key(): Fragment {
  const entries = [
    ['pass', 'passed'],
    ['xfail', 'failed as expected'],
    ['bad', 'unexpected: fail, unexpected pass, timeout, crash, error'],
    ['skip', 'skipped'],
  ] as const;
  const swatch = (name: string): Fragment =>
    html`<svg class="bar swatch" viewBox="0 0 12 6" aria-hidden="true"><rect class="${name}" width="12" height="6"/></svg>`;
  return html`<ul class="legend" aria-label="Colours of the bars">${entries.map(([name, words]) => html`<li>${swatch(name)} ${words}</li>`)}</ul>`;
}

function suiteDetails(page: Page, group: SuiteGroup): Fragment {
  const own = tally(group.records);
  const open = own.unexpected > 0 && html` open`;
  const counts = [
    own.unexpected > 0 && html`<span class="bad">${own.unexpected} unexpected</span>`,
    own.xfail > 0 && html`<span class="xfail">${own.xfail} expected fail${own.xfail > 1 && 's'}</span>`,
    html`<span>${own.pass} of ${own.ran} passed</span>`,
  ];
  // The id stands inside: browsers open a closed <details> when a link leads to something in it.
  return html`<details class="suite"${open}><summary><span class="name">${group.suite} <small>${wasiLabel(group.wasi)}</small></span><span class="counts">${counts}</span></summary><div id="${page.anchors.of('suite', group.wasi, group.suite)}">${group.cases.map((one) => caseDetails(page, one))}</div></details>`;
}
