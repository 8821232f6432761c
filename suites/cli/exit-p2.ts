/** Owns how preview 2's guests end: by `exit`, with a code, or by returning, and what stays of what they wrote. */

import { type Expectation, exits, ok } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { CHECK_WRITE, EXIT, EXIT_WITH_CODE, WRITE, WRITE_AND_FLUSH } from './functions-p2.ts';
import { EXIT_TEXT, IO_STREAMS } from './spec.ts';
import { arrives, getOutput, heard, say } from './stdout-p2.ts';
import { blocksOf, noErrors, writeBlocks } from './transfer-p2.ts';

const P2 = { wasi: 'p2', guest: 'probe-p2-cli', spec: EXIT_TEXT.exit } as const;

/** The discriminants of `result`. */
const SUCCESS = 0n;
const FAILURE = 1n;

/** The text names no codes: on POSIX a success is 0, and any other a failure. */
const exitsFailing: Expectation = {
  describe: 'an exit with another code than 0',
  test: (seen) => seen.kind === 'exit' && seen.code !== 0,
  asserts: 'ok',
  mayEnd: true,
};

const SLOW_BYTES = 128 * 1024;

const ends: ConformanceCase[] = [
  {
    ...P2,
    id: 'exit/ok',
    title: 'An exit with ok is a success to the host',
    script: (s) => s.expect(s.raw(EXIT, [SUCCESS]), exits(0)),
  },
  {
    ...P2,
    id: 'exit/err',
    title: 'An exit with err is a failure to the host',
    script: (s) => s.expect(s.raw(EXIT, [FAILURE]), exitsFailing),
  },
  {
    ...P2,
    id: 'exit/nothing-after',
    title: 'Nothing of the guest runs after its exit',
    world: { stdout: 'file' },
    script: (s) => {
      const stdout = getOutput(s);
      say(s, stdout, 'before');
      const exit = s.raw(EXIT, [SUCCESS]);
      s.expect(exit, exits(0));
      s.call(WRITE_AND_FLUSH, stdout, Buffer.from('after'));
      arrives(s, exit, Buffer.from('before'));
    },
  },
  {
    ...P2,
    id: 'exit/in-a-loop',
    title: 'An exit in the third round of a loop ends the guest there and then',
    world: { stdout: 'file' },
    script: (s) => {
      const stdout = getOutput(s);
      const [text, area] = [s.alloc(1, 1), s.alloc(12, 4)];
      s.put(text, 'x');
      const write = () => s.raw(WRITE_AND_FLUSH, [stdout, text, 1n, area]);
      s.loop(2, write);
      const ending = s.loop(5, () => {
        write();
        s.raw(EXIT, [FAILURE]);
      });
      s.expect(ending, exitsFailing);
      arrives(s, ending, Buffer.from('xxx'));
    },
  },
  {
    ...P2,
    id: 'exit/behind-a-slow-reader',
    title: 'What was written and flushed before an exit arrives whole, however slowly it is read',
    spec: IO_STREAMS.writeAndFlush,
    world: { stdout: 'slow-pipe' },
    script: (s) => {
      s.expect(writeBlocks(s, getOutput(s), SLOW_BYTES).show(), noErrors);
      const exit = s.raw(EXIT, [FAILURE]);
      s.expect(exit, exitsFailing);
      arrives(s, exit, blocksOf(SLOW_BYTES));
    },
  },
  {
    ...P2,
    id: 'exit/unflushed',
    // The text promises nothing for what was not flushed; but nothing else may come.
    title:
      'Of what was written but not flushed before an exit, at least a beginning arrives, and nothing else',
    spec: IO_STREAMS.write,
    world: { stdout: 'pipe' },
    script: (s) => {
      const stdout = getOutput(s);
      say(s, stdout, 'flushed ');
      s.expect(s.call(CHECK_WRITE, stdout), ok());
      s.expect(s.call(WRITE, stdout, Buffer.from('and not')), ok());
      const exit = s.raw(EXIT, [SUCCESS]);
      s.expect(exit, exits(0));
      s.after('a beginning arrived, with what was flushed', [exit], ({ after }) => {
        const text = heard(after);
        return (text.startsWith('flushed ') && 'flushed and not'.startsWith(text)) || `it was '${text}'`;
      });
    },
  },
  {
    ...P2,
    id: 'run/returns',
    title: 'A run that returns ok is a success to the host, and what was written before arrives whole',
    spec: IO_STREAMS.writeAndFlush,
    world: { stdout: 'slow-pipe' },
    script: (s) => {
      const step = writeBlocks(s, getOutput(s), SLOW_BYTES).show();
      s.expect(step, noErrors);
      arrives(s, step, blocksOf(SLOW_BYTES));
    },
  },
];

/** "reporting the specified status code to the host": any of a `u8`, not only those that shells leave to programs. */
const CODES = [0, 1, 7, 125, 126, 255];

const codes = CODES.map(
  (code): ConformanceCase => ({
    wasi: 'p2',
    guest: 'probe-p2-exit-with-code',
    spec: EXIT_TEXT.withCode,
    id: `exit-with-code/${code}`,
    title: `An exit with code ${code} reports that code to the host`,
    script: (s) => s.expect(s.raw(EXIT_WITH_CODE, [BigInt(code)]), exits(code)),
  }),
);

export const exitP2: ConformanceCase[] = [...ends, ...codes];
