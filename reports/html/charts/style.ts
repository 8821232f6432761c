/** Owns what all charts share in looks: inks are CSS variables, so that one SVG serves the light and the dark page. */

import type { TopLevelSpec } from 'vega-lite';

type Config = NonNullable<TopLevelSpec['config']>;

export const INK = 'var(--ink)';
export const MUTED = 'var(--muted)';
export const GRID = 'var(--line)';
export const PAPER = 'var(--paper)';

/** The vega-lite configuration of every chart. */
export const CHART_CONFIG: Config = {
  background: 'transparent',
  font: 'inherit',
  view: { stroke: null },
  // The chart is one image to assistive technology, named by its caption; its figures are in the table.
  axis: {
    aria: false,
    labelColor: INK,
    labelFontSize: 12,
    titleColor: MUTED,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    titlePadding: 8,
    gridColor: GRID,
    domain: false,
    tickColor: GRID,
    ticks: false,
    labelPadding: 8,
  },
};
