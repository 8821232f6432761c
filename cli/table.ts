/** Owns tables on a terminal: aligned columns where they fit, one block a row where they don't. */

import { type Paint, shown, type Terminal, widthOf } from './terminal.ts';

export type Cell = string | { text: string; paint: Paint };

const GAP = '  ';

const textOf = (cell: Cell | undefined) => shown(typeof cell === 'object' ? cell.text : (cell ?? ''));

/** The rows under their heads as lines of text. The first column names the row; the first `words` columns are aligned left. */
export function table(
  heads: readonly string[],
  rows: readonly Cell[][],
  terminal: Terminal,
  words = 1,
): string {
  const all: Cell[][] = [[...heads], ...rows];
  const widths = heads.map((_, column) => Math.max(...all.map((row) => widthOf(textOf(row[column])))));
  const width = widths.reduce((sum, one) => sum + one, GAP.length * (widths.length - 1));
  return width <= terminal.columns ? aligned(all, widths, terminal, words) : stacked(heads, rows, terminal);
}

/** Padded first, painted then: a colour's characters have no width. */
function painted(cell: Cell | undefined, text: string, terminal: Terminal): string {
  return typeof cell === 'object' ? terminal.paint(cell.paint, text) : text;
}

function aligned(
  rows: readonly Cell[][],
  widths: readonly number[],
  terminal: Terminal,
  words: number,
): string {
  const lines = rows.map((row) =>
    widths.map((width, column) => {
      const text = textOf(row[column]);
      const padding = ' '.repeat(width - widthOf(text));
      return painted(row[column], column < words ? text + padding : padding + text, terminal);
    }),
  );
  return lines.map((cells) => cells.join(GAP).trimEnd()).join('\n');
}

function stacked(heads: readonly string[], rows: readonly Cell[][], terminal: Terminal): string {
  const widest = Math.max(0, ...heads.slice(1).map(widthOf));
  return rows
    .map((row) => {
      const lines = heads.slice(1).map((head, index) => {
        const cell = row[index + 1];
        return `  ${head}${' '.repeat(widest - widthOf(head))}${GAP}${painted(cell, textOf(cell), terminal)}`;
      });
      return [painted(row[0], textOf(row[0]), terminal), ...lines].join('\n');
    })
    .join('\n');
}
