/** Owns the short table of figures: those the suites call their headlines, a column a runner. */

import type { PerformanceRecord } from '../../../harness/contracts/run.ts';
import { who } from '../charts/legend.ts';
import { type Content, html } from '../markup/html.ts';
import { groupRecords, shortName } from '../model/figures.ts';
import type { Page } from '../model/page.ts';
import { adapterNote, wasiLabel } from '../model/roster.ts';
import { formatInterval, formatValue } from '../model/units.ts';
import { scrollBox } from './parts.ts';

/** The table of headline figures; nothing where the run has none. */
export function headlines({ run, roster }: Page): Content {
  const headline = run.performance.filter((one) => one.headline);
  if (headline.length === 0) return '';
  const seats = roster.seats.filter((seat) => headline.some((one) => one.runner === seat.id));
  const cell = (found: PerformanceRecord | undefined): Content =>
    found
      ? html`<td class="n">${formatValue(found.value, found.unit)}${found.flags.length > 0 && html`<a href="#flags" class="flagged" aria-label="flagged: ${found.flags.join(', ')}" title="${found.flags.join(', ')}">*</a>`}<small>${formatInterval(found.ciLow, found.ciHigh, found.unit)}</small></td>`
      : html`<td class="n none">—</td>`;
  const byWasi = Map.groupBy(groupRecords(headline), (group) => group.wasi);
  const bodies = [...byWasi].map(([wasi, groups]) => {
    const rows = groups.flatMap((group) =>
      group.rows.map(
        (row) =>
          html`<tr><th scope="row"><code>${group.suite}/${shortName(row.label)}</code><small>${row.figures[0]?.metric}</small></th>${seats.map((seat) => cell(row.figures.find((one) => one.runner === seat.id)))}</tr>`,
      ),
    );
    const notes = seats.map((seat) => html`<td><small>${adapterNote(seat, wasi) ?? ''}</small></td>`);
    return html`<tbody><tr class="version"><th scope="rowgroup">${wasiLabel(wasi)}</th>${notes}</tr>${rows}</tbody>`;
  });
  return scrollBox(
    'Headline figures',
    html`<table class="headlines"><caption>Headline figures, with 95% intervals</caption><thead><tr><th scope="col">Measured</th>${seats.map((seat) => html`<th scope="col" class="n">${who(seat)}</th>`)}</tr></thead>${bodies}</table>`,
  );
}
