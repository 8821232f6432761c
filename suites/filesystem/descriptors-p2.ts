/** Gathers preview 2's cases about what is open: reading, writing, streams, attributes. */

import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { readingP2 } from './reading-p2.ts';
import { writingP2 } from './writing-p2.ts';

export const descriptorsP2: ConformanceCase[] = [...readingP2, ...writingP2];
