/** Owns the small stacked bar of a conformance cell. */

import { type Fragment, html } from '../markup/html.ts';
import type { Tally } from '../model/outcomes.ts';

const WIDTH = 100;

/** A bar of passed, expected to fail, unexpected and skipped, in this order; the numbers stand beside it in words. */
export function stackedBar(tally: Tally): Fragment {
  const parts: [string, number][] = [
    ['pass', tally.pass],
    ['xfail', tally.xfail],
    ['bad', tally.unexpected],
    ['skip', tally.skip],
  ];
  let from = 0;
  const rects = parts.map(([name, count]) => {
    if (count === 0) return '';
    const width = (count / tally.total) * WIDTH;
    const rect = html`<rect class="${name}" x="${from.toFixed(2)}" y="0" width="${width.toFixed(2)}" height="6"/>`;
    from += width;
    return rect;
  });
  return html`<svg class="bar" viewBox="0 0 ${WIDTH} 6" preserveAspectRatio="none" aria-hidden="true">${rects}</svg>`;
}
