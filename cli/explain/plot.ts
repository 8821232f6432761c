/** Draws samples as a small histogram of characters. */

const ROWS = 10;
const WIDEST = 40;
const INSIDE = '█';
const OUTSIDE = '░';

export interface Plotted {
  samples: readonly number[];
  value: number;
  ciLow: number;
  ciHigh: number;
}

/**
 * A row for each tenth of the range: how far its middle is from the figure, and a block for each sample (fewer where they would be too
 * wide), full where the row meets the interval. One row where all are equal.
 */
export function samplesPlot({ samples, value, ciLow, ciHigh }: Plotted): string[] {
  const low = Math.min(...samples);
  const width = (Math.max(...samples) - low) / ROWS;
  if (!(width > 0)) return [`all ${samples.length} are equal`];
  const counts = new Array<number>(ROWS).fill(0);
  for (const sample of samples) counts[Math.min(ROWS - 1, Math.floor((sample - low) / width))]! += 1;
  const scale = Math.min(1, WIDEST / Math.max(...counts));
  return counts.map((count, row) => {
    const [from, to] = [low + row * width, low + (row + 1) * width];
    const isInside = from <= ciHigh && to >= ciLow;
    const blocks = count === 0 ? 0 : Math.max(1, Math.round(count * scale));
    return `${offText((from + to) / 2, value).padStart(8)}  ${(isInside ? INSIDE : OUTSIDE).repeat(blocks)}${count > 0 ? ` ${count}` : ''}`.trimEnd();
  });
}

/** How far a sample is from the figure: `+1.25%`; `0.00%` where the figure is zero. */
export function offText(sample: number, value: number): string {
  const off = value === 0 ? 0 : (100 * (sample - value)) / Math.abs(value);
  return `${off > 0 ? '+' : ''}${off.toFixed(2)}%`;
}
