/** Owns the colours and shapes of runners: eight hues after Okabe and Ito, told apart with any colour vision, one variant a theme. */

/** For a light page: darkened until each has a contrast of at least 3 to 1 on white. */
const LIGHT = ['#0072b2', '#d55e00', '#00805c', '#b0508a', '#9a6a00', '#2b86bd', '#3c444d', '#7d7400'];
/** The same hues for a dark page. */
const DARK = ['#4fabe6', '#ff8b42', '#2fc99c', '#e58fc2', '#f0b43c', '#93d4fa', '#d5dbe2', '#efe34a'];

/** Paths within a square from -1 to 1, as vega wants its own symbols; the legend draws the same. */
const SHAPES = [
  'M0.9,0A0.9,0.9,0,1,1,-0.9,0A0.9,0.9,0,1,1,0.9,0Z',
  'M-0.8,-0.8H0.8V0.8H-0.8Z',
  'M0,-1L1,0.8H-1Z',
  'M0,-1.1L1.1,0L0,1.1L-1.1,0Z',
  'M0,1L1,-0.8H-1Z',
  'M-0.35,-1H0.35V-0.35H1V0.35H0.35V1H-0.35V0.35H-1V-0.35H-0.35Z',
  'M-0.5,-1H0.5L1,0L0.5,1H-0.5L-1,0Z',
  'M0.9,0L-0.9,1V-1Z',
];

/** The CSS variable that holds a runner's colour. */
export function colourOf(index: number): string {
  return `var(--c${index % LIGHT.length})`;
}

/** The class that paints with a runner's colour. */
export function colourClass(index: number): string {
  return `c${index % LIGHT.length}`;
}

/** A runner's shape; past the eighth runner the pairs of colour and shape differ although colours come again. */
export function shapeOf(index: number): string {
  const turn = Math.floor(index / SHAPES.length);
  return SHAPES[(index + turn * 3) % SHAPES.length] ?? '';
}

/** The declarations of the colours for one theme. */
export function paletteVariables(theme: 'light' | 'dark'): string {
  return (theme === 'light' ? LIGHT : DARK).map((colour, n) => `--c${n}:${colour};`).join('');
}

/** The classes that paint with them. */
export function paletteClasses(): string {
  return LIGHT.map((_, n) => `.c${n}{fill:var(--c${n})}`).join('');
}
