/** Owns lengths of 2^32: cut to 32 bits they are nothing, and no stream permits so much. */

import { trap } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { BLOCKING_ZEROES, WRITE_ZEROES } from './functions-p2.ts';
import { FILES, open, writeTo } from './opening-p2.ts';
import { permit } from './output-p2.ts';
import { STREAMS } from './spec.ts';

const ZEROS = 2n ** 32n;

export const wideP2: ConformanceCase[] = (
  [
    ['write-zeroes', WRITE_ZEROES],
    ['blocking-write-zeroes-and-flush', BLOCKING_ZEROES],
  ] as const
).map(
  ([method, name]): ConformanceCase => ({
    wasi: 'p2',
    guest: 'probe-p2-io',
    id: `output-stream.${method}/2-to-32`,
    title: `${method} traps for 2^32 zeros, which are more than are permitted`,
    spec: STREAMS.precondition,
    world: FILES,
    script: (s) => {
      const stream = writeTo(s, open(s, 'target', 'write'));
      if (name === WRITE_ZEROES) permit(s, stream);
      s.expect(s.call(name, stream, ZEROS), trap('more zeros than were permitted'));
    },
  }),
);
