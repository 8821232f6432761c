/** Gathers preview 1's cases about what is open: reading, writing, positions, rights, attributes. */

import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { attributesP1 } from './attributes-p1.ts';
import { closedP1 } from './closed-p1.ts';
import { fdstatP1 } from './fdstat-p1.ts';
import { leaksP1 } from './leaks-p1.ts';
import { pointersP1 } from './pointers-p1.ts';
import { positionsP1 } from './positions-p1.ts';
import { prestatsP1 } from './prestats-p1.ts';
import { readingP1 } from './reading-p1.ts';
import { readingPlacesP1 } from './reading-places-p1.ts';
import { renumberP1 } from './renumber-p1.ts';
import { rightsP1 } from './rights-p1.ts';
import { seekingP1 } from './seeking-p1.ts';
import { setRightsP1 } from './set-rights-p1.ts';
import { sizesP1 } from './sizes-p1.ts';
import { streamsP1 } from './streams-p1.ts';
import { timesP1 } from './times-p1.ts';
import { writingP1 } from './writing-p1.ts';

export const descriptorsP1: ConformanceCase[] = [
  ...readingP1,
  ...readingPlacesP1,
  ...writingP1,
  ...seekingP1,
  ...positionsP1,
  ...attributesP1,
  ...timesP1,
  ...sizesP1,
  ...fdstatP1,
  ...setRightsP1,
  ...rightsP1,
  ...closedP1,
  ...leaksP1,
  ...renumberP1,
  ...prestatsP1,
  ...streamsP1,
  ...pointersP1,
];
