/** Owns the errors that streams fail with: a text for humans, and that they can be dropped. */

import { ok } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { World } from '../../harness/contracts/world.ts';
import { BLOCKING_WRITE, ERROR, INPUT_STREAM, READ, TO_DEBUG_STRING } from './functions-p2.ts';
import { errorOf } from './kinds-p2.ts';
import { connectAndReset, FILES, farOutput, HELLO, VANISHING } from './opening-p2.ts';
import { failed } from './outcomes-p2.ts';
import { DEBUG_STRING } from './spec.ts';

const P2 = { wasi: 'p2', guest: 'probe-p2-io' } as const;

const isTelling = ok('some text', (value) => typeof value === 'string' && value.trim().length > 0);

/** Ways to an error, and where in the step's result its handle lies. */
const ERRORS: readonly { id: string; words: string; world: World; fail(s: ScriptBuilder): Slot }[] = [
  {
    id: 'file',
    words: 'a write to a file',
    world: FILES,
    fail: (s) => {
      const step = s.call(BLOCKING_WRITE, farOutput(s), HELLO);
      s.expect(step, failed);
      return s.let(errorOf(step.area));
    },
  },
  {
    id: 'tcp',
    words: 'a read from a connection',
    world: VANISHING,
    fail: (s) => {
      const { input } = connectAndReset(s);
      const step = s.call(READ, input, 64n);
      s.expect(step, failed);
      s.expect(s.drop(INPUT_STREAM, input), ok());
      return s.let(errorOf(step.area));
    },
  },
];

export const errorsP2 = ERRORS.map(
  ({ id, words, world, fail }): ConformanceCase => ({
    ...P2,
    id: `error.to-debug-string/${id}`,
    title: `The error of ${words} has a text for humans, each time it is asked, and can be dropped`,
    spec: DEBUG_STRING,
    world,
    script: (s) => {
      const error = fail(s);
      s.expect(s.call(TO_DEBUG_STRING, error), isTelling);
      s.expect(s.call(TO_DEBUG_STRING, error), isTelling);
      s.expect(s.drop(ERROR, error), ok());
    },
  }),
);
