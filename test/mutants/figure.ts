/** The figures of a hunt, and whether they are good enough. */

import type { Hunted } from './hunt.ts';

const LEAST_PLANTED = 400;
const LEAST_FOUND = 0.97;
const MOST_EXCLUDED = 0.05;
/** On two cores that have nothing else to do. */
const MOST_SECONDS = 600;

export interface Figure {
  name: string;
  planted: number;
  found: number;
  /** Faults that make no difference by the specification, argued in equivalent.json. */
  excluded: number;
  disagreements: number;
  seconds: number;
}

export function figureOf(name: string, { found, disagreements, seconds }: Hunted, excluded: number): Figure {
  return {
    ...{ name, planted: found.size, excluded, disagreements: disagreements.length },
    found: [...found.values()].filter((by) => by !== undefined).length,
    seconds: seconds.unharmed + seconds.hunt,
  };
}

/** All together; `seconds` is the whole time. */
export function sumOf(figures: readonly Figure[], seconds: number): Figure {
  const sum = (of: (figure: Figure) => number) => figures.reduce((total, figure) => total + of(figure), 0);
  return {
    name: 'mutants',
    planted: sum(({ planted }) => planted),
    found: sum(({ found }) => found),
    excluded: sum(({ excluded }) => excluded),
    disagreements: sum(({ disagreements }) => disagreements),
    seconds,
  };
}

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
const foundShare = ({ found, planted }: Figure) => (planted === 0 ? 0 : found / planted);
const excludedShare = ({ excluded, planted }: Figure) =>
  planted + excluded === 0 ? 0 : excluded / (planted + excluded);

export function textOf(figure: Figure): string {
  const { name, found, planted, excluded, disagreements, seconds } = figure;
  return `${name}: ${found}/${planted} found (${percent(foundShare(figure))}), ${excluded} equivalent ones excluded (${percent(excludedShare(figure))}), ${disagreements} disagreements, ${Math.round(seconds)} s`;
}

/** Of a selection only the share found and the disagreements count. */
export function isGoodEnough(figure: Figure, isSelection: boolean): boolean {
  const isWhole =
    figure.planted >= LEAST_PLANTED &&
    excludedShare(figure) <= MOST_EXCLUDED &&
    figure.seconds <= MOST_SECONDS;
  return (isSelection || isWhole) && foundShare(figure) >= LEAST_FOUND && figure.disagreements === 0;
}
