/** Owns what preview 2's `filesystem-error-code` makes of the errors of file streams, and what such a stream does after one. */

import { type Expectation, oneOf } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, Step } from '../../harness/contracts/script.ts';
import { at } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { holding, LETTERS } from './content-p1.ts';
import { open, openDirectory, orElse, P2, succeeded } from './descriptor-files-p2.ts';
import {
  APPEND_VIA_STREAM,
  BLOCKING_READ,
  BLOCKING_WRITE,
  CHECK_WRITE,
  ERROR_CODE,
  READ_VIA_STREAM,
  WRITE_VIA_STREAM,
} from './functions-descriptors-p2.ts';
import { STREAMS, TYPES } from './spec-descriptors-p2.ts';
import { closed, failed, reader, writer } from './streams-p2.ts';

interface Failing {
  id: string;
  words: string;
  codes: readonly string[];
  /** Makes a stream that can't be used. */
  make(s: ScriptBuilder): Step;
  use(s: ScriptBuilder, stream: Slot): Step;
}

const FAILING: readonly Failing[] = [
  {
    id: 'read-from-write-only',
    words: 'reading from a file that was opened for writing only',
    codes: ['bad-descriptor'],
    make: (s) => s.call(READ_VIA_STREAM, open(s, 'file', { flags: ['write'] }), 0n),
    use: (s, stream) => s.call(BLOCKING_READ, stream, 4n),
  },
  {
    id: 'write-to-read-only',
    words: 'writing to a file that was opened for reading only',
    codes: ['bad-descriptor'],
    make: (s) => s.call(WRITE_VIA_STREAM, open(s, 'file', { flags: ['read'] }), 0n),
    use: (s, stream) => s.call(BLOCKING_WRITE, stream, 'XYZ'),
  },
  {
    id: 'append-to-read-only',
    words: 'appending to a file that was opened for reading only',
    codes: ['bad-descriptor'],
    make: (s) => s.call(APPEND_VIA_STREAM, open(s, 'file', { flags: ['read'] })),
    use: (s, stream) => s.call(BLOCKING_WRITE, stream, 'XYZ'),
  },
  {
    id: 'write-beyond-any-file',
    words: 'writing where no file reaches',
    codes: ['file-too-large', 'invalid', 'overflow'],
    make: (s) => s.call(WRITE_VIA_STREAM, open(s), 2n ** 63n - 1n),
    use: (s, stream) => s.call(BLOCKING_WRITE, stream, 'XYZ'),
  },
  {
    id: 'read-directory-bytes',
    words: 'reading bytes from a directory',
    codes: ['is-directory', 'bad-descriptor'],
    make: (s) => s.call(READ_VIA_STREAM, openDirectory(s), 0n),
    use: (s, stream) => s.call(BLOCKING_READ, stream, 4n),
  },
];

const WORLD = holding(LETTERS, { other: '', folder: { kind: 'directory' } });

/** The code of an error; where the stream was refused already there is none to ask about, and asking is an end that counts for nothing. */
const codeOr = (codes: readonly string[]): Expectation => ({
  describe: `${codes.join(' or ')}, or no error to ask about`,
  test: (seen) => seen.kind === 'trap' || (seen.kind === 'ok' && codes.includes(String(seen.value))),
  asserts: 'ok',
  mayEnd: true,
});

const codes = FAILING.map(
  ({ id, words, codes: names, make, use }): ConformanceCase => ({
    ...P2,
    id: `filesystem-error-code/${id}`,
    title: `The error of a stream at ${words} has its error code, unless the stream was refused with it`,
    spec: TYPES.errorCode,
    world: WORLD,
    script(s) {
      const made = make(s);
      const used = use(s, orElse(s, made, reader(s, open(s, 'other'))));
      const handle = s.let(at`u32[${used.area} + 8] * (u8[${made.area}] == 0)`);
      const code = s.call(ERROR_CODE, handle);
      s.expect(code, codeOr(names));
      s.check(
        'the stream or its error says why',
        [made, used, code],
        ({ values: [first, second, third] }) => {
          if (first?.kind === 'err')
            return names.includes(String(first.error)) || `it was refused with ${String(first.error)}`;
          if (!second || !failed.test(second)) return 'the stream does not fail with last-operation-failed';
          return succeeded(third) || 'there is an error, and asking for its code fails';
        },
      );
    },
  }),
);

const GONE: readonly {
  id: string;
  words: string;
  of: Failing;
  again(s: ScriptBuilder, stream: Slot): Step;
}[] = [
  {
    id: 'closed-reader',
    words: 'read from',
    of: FAILING[0] as Failing,
    again: (s, stream) => s.call(BLOCKING_READ, stream, 4n),
  },
  {
    id: 'closed-writer',
    words: 'written to',
    of: FAILING[1] as Failing,
    again: (s, stream) => s.call(CHECK_WRITE, stream),
  },
];

const after = GONE.map(
  ({ id, words, of, again }): ConformanceCase => ({
    ...P2,
    id: `descriptor.${of.id.startsWith('read') ? 'read' : 'write'}-via-stream/${id}`,
    title: `A stream whose operation has failed is closed when it is ${words} again`,
    spec: STREAMS.error,
    world: WORLD,
    script(s) {
      const made = of.make(s);
      const other = open(s, 'other');
      const fallback = of.id.startsWith('read') ? reader(s, other) : writer(s, other);
      const stream = orElse(s, made, fallback);
      const steps = [made, of.use(s, stream), again(s, stream), again(s, stream)];
      s.expect(steps[0] as Step, oneOfMade(of.codes));
      s.check('after the failure it is closed, and stays so', steps, ({ values }) => {
        if (values[0]?.kind !== 'ok') return true;
        const wrong = values.slice(2).find((seen) => !closed.test(seen));
        return wrong === undefined || JSON.stringify(wrong, (_, value) => String(value));
      });
    },
  }),
);

function oneOfMade(names: readonly string[]): Expectation {
  return oneOf(
    'the call "may fail with an error-code describing why", or the stream that it returns fails',
    { describe: 'a stream', test: succeeded, asserts: 'ok' },
    ...names.map((name) => ({
      describe: name,
      test: (seen: Parameters<Expectation['test']>[0]) => seen.kind === 'err' && seen.error === name,
      asserts: name,
    })),
  );
}

export const streamErrorsP2: ConformanceCase[] = [...codes, ...after];
