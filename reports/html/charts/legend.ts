/** Owns how a runner is shown: its symbol, its badge and the legend, the same everywhere in the page. */

import { type Fragment, html } from '../markup/html.ts';
import type { Seat } from '../model/roster.ts';
import { colourClass, shapeOf } from '../theme/palette.ts';

/** A runner's symbol in its colour. */
export function symbol(seat: Seat): Fragment {
  return html`<svg class="symbol" viewBox="-1.25 -1.25 2.5 2.5" aria-hidden="true"><path class="${colourClass(seat.index)}" d="${shapeOf(seat.index)}"/></svg>`;
}

/** A runner's symbol with its id. */
export function who(seat: Seat): Fragment {
  return html`<span class="who">${symbol(seat)}<span class="id">${seat.id}</span></span>`;
}

/** The legend of charts in which these runners occur. */
export function legend(seats: readonly Seat[], notes: readonly string[] = []): Fragment {
  return html`<ul class="legend" aria-label="Runners in the charts">${seats.map((seat) => html`<li>${who(seat)}</li>`)}${notes.map((note) => html`<li class="note">${note}</li>`)}</ul>`;
}
