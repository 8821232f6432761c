/** Owns the section on throughput: rates over the size of a call. */

import type { PerformanceRecord } from '../../../harness/contracts/run.ts';
import { isDrawable } from '../charts/figure-data.ts';
import { legend } from '../charts/legend.ts';
import { isSweep, lineChart, sweptBy } from '../charts/lines.ts';
import { renderChart } from '../charts/render.ts';
import { type Fragment, html } from '../markup/html.ts';
import { groupRecords, labelOf, rowsOf } from '../model/figures.ts';
import type { Page, Section } from '../model/page.ts';
import { adapterNote, orderWasi, wasiLabel } from '../model/roster.ts';
import { dotFigures } from './dot-figures.ts';
import { figureTable } from './figure-table.ts';
import { emptyNote, scrollBox } from './parts.ts';

export const throughput: Section = {
  id: 'throughput',
  title: 'Throughput',
  async render(page) {
    const all = page.run.performance.filter((one) => one.metric === 'throughput');
    if (all.length === 0) return emptyNote('No throughput was measured in this run.');
    const sweeps = all.filter(isSweep);
    const single = all.filter((one) => !isSweep(one));
    const seats = page.roster.seats.filter((seat) => sweeps.some((one) => one.runner === seat.id));
    const figures: Fragment[] = [];
    for (const wasi of orderWasi(sweeps.map((one) => one.wasi))) {
      const found = sweeps.filter((one) => one.wasi === wasi);
      const series = Map.groupBy(found, (one) =>
        JSON.stringify([one.suite, labelOf(one, sweptBy(one)), one.unit]),
      );
      for (const records of series.values()) figures.push(await lineFigure(page, records));
    }
    const dots =
      single.length > 0 &&
      (await dotFigures(page, groupRecords(single), { title: 'Throughput', name: 'rate' }));
    return html`<p>Bytes a second over the size of one call. Higher is better; both axes are logarithmic, the band is the 95% interval.</p>${sweeps.length > 0 && legend(seats)}<div class="sheet">${figures}</div>${dots}`;
  },
};

async function lineFigure(page: Page, records: readonly PerformanceRecord[]): Promise<Fragment> {
  const [first] = records;
  if (!first) return html``;
  const name = labelOf(first, sweptBy(first));
  const caption = `Throughput of ${name} over size: ${first.suite}, ${wasiLabel(first.wasi)}`;
  const id = page.anchors.of('table', 'throughput', first.wasi, first.suite, name);
  const spec = lineChart(records, page.roster);
  const chart =
    spec && (await renderChart(spec, { label: `${caption} (chart)`, describedBy: id, className: 'lines' }));
  const notes = [...new Set(records.map((one) => one.runner))].flatMap((runner) => {
    const note = adapterNote(page.roster.of(runner), first.wasi);
    return note ? [`${runner}: ${note}`] : [];
  });
  const undrawn = records.filter((one) => !isDrawable(one)).length;
  return html`<figure data-figures="throughput"><figcaption><code>${name}</code> <small>${first.suite}, ${wasiLabel(first.wasi)}${notes.length > 0 && `; ${notes.join('; ')}`}</small></figcaption>${chart && scrollBox(`${caption} (chart)`, chart)}${undrawn > 0 && html`<p class="note">${undrawn} without a positive rate: in the table only.</p>`}${figureTable(rowsOf(records), page.roster, id, caption)}</figure>`;
}
