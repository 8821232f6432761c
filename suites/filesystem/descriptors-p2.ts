/** Gathers preview 2's cases about what is open: reading, writing, streams, attributes. */

import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { appendStreamsP2 } from './append-streams-p2.ts';
import { droppingP2 } from './dropping-p2.ts';
import { eachOwnP2 } from './each-own-p2.ts';
import { fifosP2 } from './fifos-p2.ts';
import { flagsP2 } from './flags-p2.ts';
import { readStreamsP2 } from './read-streams-p2.ts';
import { readingP2 } from './reading-p2.ts';
import { readingTogetherP2 } from './reading-together-p2.ts';
import { samenessP2 } from './sameness-p2.ts';
import { sizesP2 } from './sizes-p2.ts';
import { statFollowsP2 } from './stat-follows-p2.ts';
import { statP2 } from './stat-p2.ts';
import { streamErrorsP2 } from './stream-errors-p2.ts';
import { syncsP2 } from './syncs-p2.ts';
import { timesP2 } from './times-p2.ts';
import { writeStreamsP2 } from './write-streams-p2.ts';
import { writingP2 } from './writing-p2.ts';
import { writingTogetherP2 } from './writing-together-p2.ts';

export const descriptorsP2: ConformanceCase[] = [
  ...readingP2,
  ...writingP2,
  ...readStreamsP2,
  ...readingTogetherP2,
  ...writeStreamsP2,
  ...writingTogetherP2,
  ...appendStreamsP2,
  ...streamErrorsP2,
  ...flagsP2,
  ...statP2,
  ...statFollowsP2,
  ...sizesP2,
  ...timesP2,
  ...syncsP2,
  ...samenessP2,
  ...fifosP2,
  ...droppingP2,
  ...eachOwnP2,
];
