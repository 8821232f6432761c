/** Owns a figure of dots with its caption, labels and table, used wherever one number a runner is compared. */

import { type LogAxis, logAxis } from '../charts/axis.ts';
import { dotChart, extentOf, isDrawable, seatsOf, unitOf } from '../charts/dots.ts';
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

/** Figures of all groups on one common axis, so that they can be compared by eye across interfaces. */
export async function dotFigures(
  page: Page,
  groups: readonly FigureGroup[],
  subject: DotSubject,
): Promise<Fragment> {
  const all = groups.flatMap((group) => group.rows);
  const axis = logAxis(extentOf(all), unitOf(all));
  const figures: Content[] = [];
  let wasi: string | undefined;
  for (const group of groups) {
    if (group.wasi !== wasi) figures.push(versionHead(page.roster, group.wasi, all));
    wasi = group.wasi;
    figures.push(await dotFigure(page, group, subject, axis));
  }
  const anyFlag = all.some((row) => row.figures.some((one) => one.flags.length > 0));
  const notes = ['bar: 95% interval', ...(anyFlag ? ['hollow: flagged, see the table'] : [])];
  return html`${legend(seatsOf(all, page.roster), notes)}${figures}`;
}

function versionHead(roster: Roster, wasi: string, all: FigureGroup['rows']): Fragment {
  const notes = seatsOf(all, roster).flatMap((seat) => {
    const note = adapterNote(seat, wasi);
    return note ? [`${seat.id}: ${note}`] : [];
  });
  return html`<h3>${wasiLabel(wasi)}${notes.length > 0 && html` <small>${notes.join('; ')}</small>`}</h3>`;
}

async function dotFigure(
  page: Page,
  group: FigureGroup,
  subject: DotSubject,
  axis: LogAxis,
): Promise<Fragment> {
  const place = `${group.suite}, ${wasiLabel(group.wasi)}`;
  const caption = `${subject.title}: ${place}`;
  const id = page.anchors.of('table', subject.name, group.wasi, group.suite);
  const spec = dotChart(group.rows, page.roster, axis);
  const chart =
    spec && (await renderChart(spec, { label: `${caption} (chart)`, describedBy: id, className: 'dots' }));
  const undrawn = group.rows.flatMap((row) => row.figures).filter((one) => !isDrawable(one)).length;
  const note =
    undrawn > 0 &&
    html`<p class="note">${counted(undrawn, 'figure')} at or below zero after the loop’s cost was subtracted: in the table only.</p>`;
  return html`<figure data-figures="${subject.name}"><figcaption>${group.suite} <small>${wasiLabel(group.wasi)}</small></figcaption>${chart && scrollBox(`${caption} (chart)`, chart)}${note}${figureTable(group.rows, page.roster, id, caption)}</figure>`;
}
