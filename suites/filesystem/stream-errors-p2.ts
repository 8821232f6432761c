/** Owns what preview 2's `filesystem-error-code` makes of the errors of file streams, and what such a stream does after one. */

import { type Expectation, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, Step } from '../../harness/contracts/script.ts';
import { at } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { holding, LETTERS } from './content.ts';
import { asText, orElse, succeeded } from './content-p2.ts';
import {
  APPEND_VIA_STREAM,
  BLOCKING_FLUSH,
  BLOCKING_READ,
  BLOCKING_WRITE,
  CHECK_WRITE,
  FILESYSTEM_ERROR_CODE,
  OUTPUT_WRITE,
  READ_VIA_STREAM,
  WRITE_VIA_STREAM,
} from './functions-p2.ts';
import { open, openDirectory, P2 } from './opening-p2.ts';
import { FUNCTION, STREAMS } from './spec-p2.ts';
import { closed, failed, reader, writer } from './streams-p2.ts';

interface Failing {
  id: string;
  words: string;
  codes: readonly string[];
  reads?: true;
  /** Makes a stream that can't be used. */
  make(s: ScriptBuilder): Step;
  use(s: ScriptBuilder, stream: Slot): Step;
}

const FAILING: readonly Failing[] = [
  {
    id: 'read-from-write-only',
    words: 'reading from a file that was opened for writing only',
    codes: ['bad-descriptor'],
    reads: true,
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
    id: 'flush-to-read-only',
    words: 'flushing what was written to a file that was opened for reading only',
    codes: ['bad-descriptor'],
    make: (s) => s.call(WRITE_VIA_STREAM, open(s, 'file', { flags: ['read'] }), 0n),
    use(s, stream) {
      s.expect(s.call(CHECK_WRITE, stream), ok());
      s.expect(s.call(OUTPUT_WRITE, stream, 'XYZ'), ok());
      return s.call(BLOCKING_FLUSH, stream);
    },
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
    reads: true,
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

/** What goes on where a stream was refused. */
const standIn = (s: ScriptBuilder, reads?: true): Slot =>
  reads ? reader(s, open(s, 'other')) : writer(s, open(s, 'other'));

const codes = FAILING.map(
  ({ id, words, codes: names, reads, make, use }): ConformanceCase => ({
    ...P2,
    id: `filesystem-error-code/${id}`,
    title: `The error of a stream at ${words} has its error code, unless the stream was refused with it`,
    spec: FUNCTION.filesystemErrorCode,
    world: WORLD,
    script(s) {
      const made = make(s);
      const used = use(s, orElse(s, made, standIn(s, reads)));
      const handle = s.let(at`u32[${used.area} + 8] * (u8[${made.area}] == 0)`);
      const code = s.call(FILESYSTEM_ERROR_CODE, handle);
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
    id: `descriptor.${of.reads ? 'read' : 'write'}-via-stream/${id}`,
    title: `A stream whose operation has failed is closed when it is ${words} again`,
    spec: STREAMS.error,
    world: WORLD,
    script(s) {
      const made = of.make(s);
      const stream = orElse(s, made, standIn(s, of.reads));
      const steps = [made, of.use(s, stream), again(s, stream), again(s, stream)];
      s.expect(steps[0] as Step, oneOfMade(of.codes));
      s.check('after the failure it is closed, and stays so', steps, ({ values }) => {
        if (values[0]?.kind !== 'ok') return true;
        const wrong = values.slice(2).find((seen) => !closed.test(seen));
        return wrong === undefined || asText(wrong);
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
