/** Owns the way from a vega-lite specification to SVG in the page. */

import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { type Fragment, html, trusted } from '../markup/html.ts';

export interface ChartFrame {
  /** What the chart shows, for those who can't see it. */
  label: string;
  /** The id of the element that describes it, its table's. */
  describedBy: string;
  /** Added to the class `chart`. */
  className: string;
}

/** Compiles and draws a chart; strings in the specification must be visible text already, vega passes controls through. */
export async function renderChart(spec: TopLevelSpec, frame: ChartFrame): Promise<Fragment> {
  const view = new View(parse(compile(spec).spec), { renderer: 'none' });
  try {
    const svg = await view.toSVG();
    const start = html`<svg role="img" aria-label="${frame.label}" aria-describedby="${frame.describedBy}" data-chart="${frame.className}" `;
    return trusted(
      `${start}${withTitles(svg)
        .replace(/^<svg /, '')
        .replace('class="marks"', `class="chart ${frame.className}"`)}`,
    );
  } finally {
    view.finalize();
  }
}

/** Turns each mark's label into a title, which browsers show on hovering without any script. */
function withTitles(svg: string): string {
  return svg.replace(
    /<path aria-label="([^"]*)"([^>]*)\/>/g,
    (_, label: string, rest: string) => `<path class="figure"${rest}><title>${label}</title></path>`,
  );
}
