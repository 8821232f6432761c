/** Owns the memory figures: what processes held while their guests waited. */

import type { HeldMemory } from '../contracts/observation.ts';
import type { MemoryCase } from '../contracts/suite.ts';
import { statisticFor } from '../stats/figureStatistic.ts';
import type { Random } from '../stats/random.ts';
import { type Figures, figuresOfSamples } from './armFigures.ts';

/** The figure in bytes. */
export function memoryFigures(held: readonly HeldMemory[], of: MemoryCase['of'], random: Random): Figures {
  const samples = held.map(({ peakBytes, privateBytes }) => (of === 'peak' ? peakBytes : privateBytes));
  const { p99: _, ...figures } = figuresOfSamples(statisticFor('memory'), samples, random);
  return figures;
}
