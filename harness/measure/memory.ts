/** Owns the memory figures: what processes held while their guests waited. */

import type { HeldMemory } from '../contracts/observation.ts';
import type { MemoryCase } from '../contracts/suite.ts';
import { medianOfSorted } from '../stats/quantile.ts';
import type { Random } from '../stats/random.ts';
import { type Figures, figuresOfSamples } from './armFigures.ts';

/** The figure in bytes: the median of processes, as what is resident wavers by some pages to both sides. */
export function memoryFigures(held: readonly HeldMemory[], of: MemoryCase['of'], random: Random): Figures {
  const samples = held.map(({ peakBytes, privateBytes }) => (of === 'peak' ? peakBytes : privateBytes));
  const { p99: _, ...figures } = figuresOfSamples(medianOfSorted, samples, random);
  return figures;
}
