/** Owns the table of figures beneath a chart: every number that the chart draws, and those it can't. */

import type { PerformanceRecord } from '../../../harness/contracts/run.ts';
import { who } from '../charts/legend.ts';
import { type Content, type Fragment, html } from '../markup/html.ts';
import { compare, type FigureRow, overFloor } from '../model/figures.ts';
import type { Roster } from '../model/roster.ts';
import { formatCount, formatInterval, formatValue } from '../model/units.ts';
import { joined, scrollBox } from './parts.ts';

/** The figures in a drill-down named by `caption`; `id` is what the chart refers to. */
export function figureTable(
  rows: readonly FigureRow[],
  roster: Roster,
  id: string,
  caption: string,
): Fragment {
  const count = rows.reduce((sum, row) => sum + row.figures.length, 0);
  const bodies = rows.map((row) => {
    const lines = row.figures.map((one, index) => {
      const head =
        index === 0 &&
        html`<th scope="rowgroup" rowspan="${row.figures.length}"><code>${row.label}</code><small>${row.title}</small></th>`;
      return html`<tr>${head}<td>${who(roster.of(one.runner))}</td><td class="n"><strong>${formatValue(one.value, one.unit)}</strong></td><td class="n">${formatInterval(one.ciLow, one.ciHigh, one.unit)}</td><td class="n">${formatValue(one.p99, one.unit)}</td><td class="n">${counted(one)}</td><td>${compared(one, row, roster)}</td><td>${flags(one.flags)}</td></tr>`;
    });
    return html`<tbody>${lines}</tbody>`;
  });
  const table = html`<table class="figures"><caption>${caption}</caption><thead><tr><th scope="col">Measured</th><th scope="col">Runner</th><th scope="col" class="n">Value</th><th scope="col" class="n">95% interval</th><th scope="col" class="n">p99</th><th scope="col" class="n"><abbr title="fresh processes: those with a quiet moment, of how many">n</abbr></th><th scope="col">Compared</th><th scope="col">Flags</th></tr></thead>${bodies}</table>`;
  return html`<details class="table"><summary id="${id}">The ${formatCount(count)} figures as a table</summary>${scrollBox(caption, table)}</details>`;
}

/** Against the best runtime, and against the operating system's own calls where they were timed. */
function compared(one: PerformanceRecord, row: FigureRow, { seats }: Roster): Content {
  const floorId = seats.find(({ record }) => record?.isFloor)?.id;
  const over = overFloor(one, row, floorId);
  return html`${compare(one, row, floorId)}${over !== '' && html`<small>${over}</small>`}`;
}

/** How many processes count: `12 of 25` where some had no quiet moment. */
function counted({ samples, rounds }: PerformanceRecord): string {
  return samples.length === rounds
    ? formatCount(rounds)
    : `${formatCount(samples.length)} of ${formatCount(rounds)}`;
}

/** Flags with a link to what they mean. */
export function flags(names: readonly string[]): Content {
  return joined(
    names.map((name) => html`<a class="flag" href="#flags">${name}</a>`),
    ' ',
  );
}
