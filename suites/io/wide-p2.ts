/** Owns lengths of 2^32: cut to 32 bits they are nothing, and no stream permits so much. */

import { trap } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { WRITE_ZEROES } from './functions-p2.ts';
import { FILES, open, writeTo } from './opening-p2.ts';
import { permit } from './output-p2.ts';
import { STREAMS } from './spec.ts';

/** The blocking call has no such precondition: who takes 2^32 zeros there may write them all. */
export const wideP2: ConformanceCase[] = [
  {
    wasi: 'p2',
    guest: 'probe-p2-io',
    id: 'output-stream.write-zeroes/2-to-32',
    title: 'write-zeroes traps for 2^32 zeros, which are more than are permitted',
    spec: STREAMS.precondition,
    world: FILES,
    script: (s) => {
      const stream = writeTo(s, open(s, 'target', 'write'));
      permit(s, stream);
      s.expect(s.call(WRITE_ZEROES, stream, 2n ** 32n), trap('more zeros than were permitted'));
    },
  },
];
