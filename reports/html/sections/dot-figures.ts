/** Owns a figure of dots with its caption, labels and table, used wherever one number a runner is compared. */

import { type LogAxis, logAxis } from '../charts/axis.ts';
import { dotChart, labelWidth } from '../charts/dots.ts';
import { extentOf, isDrawable, seatsOf, unitOf } from '../charts/figure-data.ts';
import { legend } from '../charts/legend.ts';
import { renderChart } from '../charts/render.ts';
import { type Content, type Fragment, html } from '../markup/html.ts';
import type { FigureGroup } from '../model/figures.ts';
import type { Page } from '../model/page.ts';
import { adapterNote, type Roster, wasiLabel } from '../model/roster.ts';
import { counted } from '../model/units.ts';
import { figureTable } from './figure-table.ts';
import { scrollBox } from './parts.ts';

export interface DotSubject {
  /** What is measured, in words: `Latency of one call`. */
  title: string;
  /** Names the chart in ids and tests. */
  name: string;
}

interface Shared {
  axis: LogAxis;
  labels: number;
}

/** Figures of all groups on one common axis, so that they can be compared by eye across interfaces. */
export async function dotFigures(
  page: Page,
  groups: readonly FigureGroup[],
  subject: DotSubject,
): Promise<Fragment> {
  const all = groups.flatMap((group) => group.rows);
  const shared = { axis: logAxis(extentOf(all), unitOf(all)), labels: labelWidth(all) };
  const figures: Content[] = [];
  for (const [wasi, found] of Map.groupBy(groups, (group) => group.wasi)) {
    figures.push(versionHead(page.roster, wasi, found));
    for (const group of found) figures.push(await dotFigure(page, group, subject, shared));
  }
  const anyFlag = all.some((row) => row.figures.some((one) => one.flags.length > 0));
  const notes = ['bar: 95% interval', ...(anyFlag ? ['hollow: flagged, see the table'] : [])];
  return html`${legend(seatsOf(all, page.roster), notes)}${figures}`;
}

function versionHead(roster: Roster, wasi: string, groups: readonly FigureGroup[]): Fragment {
  const rows = groups.flatMap((group) => group.rows);
  const notes = seatsOf(rows, roster).flatMap((seat) => {
    const note = adapterNote(seat, wasi);
    return note ? [`${seat.id}: ${note}`] : [];
  });
  return html`<h3>${wasiLabel(wasi)}${notes.length > 0 && html` <small>${notes.join('; ')}</small>`}</h3>`;
}

async function dotFigure(
  page: Page,
  group: FigureGroup,
  subject: DotSubject,
  shared: Shared,
): Promise<Fragment> {
  const caption = `${subject.title}: ${group.suite}, ${wasiLabel(group.wasi)}`;
  const id = page.anchors.of('table', subject.name, group.wasi, group.suite);
  const undrawn = group.rows.flatMap((row) => row.figures).filter((one) => !isDrawable(one)).length;
  const note =
    undrawn > 0 &&
    html`<p class="note">${counted(undrawn, 'figure')} at or below zero after the loop’s cost was subtracted: in the table only.</p>`;
  return html`<figure data-figures="${subject.name}"><figcaption>${group.suite}<span class="hidden">, ${wasiLabel(group.wasi)}</span></figcaption>${await drawings(page, group, caption, id, shared)}${note}${figureTable(group.rows, page.roster, id, caption)}</figure>`;
}

/** Two drawings of the same figures, of which the stylesheet shows the one that fits the screen. */
async function drawings(
  page: Page,
  group: FigureGroup,
  caption: string,
  id: string,
  { axis, labels }: Shared,
): Promise<Content> {
  const label = `${caption} (chart)`;
  const drawn: Content[] = [];
  for (const layout of ['wide', 'narrow'] as const) {
    const spec = dotChart(group.rows, page.roster, axis, layout, labels);
    if (!spec) return '';
    const svg = await renderChart(spec, { label, describedBy: id, className: `dots ${layout}` });
    drawn.push(html`<div class="${layout}">${layout === 'wide' ? scrollBox(label, svg) : svg}</div>`);
  }
  return drawn;
}
