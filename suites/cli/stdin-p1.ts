/** Owns what a preview 1 guest reads from its standard input, by what the host gave it. */

import { type Expectation, err, ok, oneOf } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { Stdin } from '../../harness/contracts/world.ts';
import { CANARY } from './memory.ts';
import { p1Docs } from './spec.ts';
import { fnv, move, movedAll, pattern, readPattern } from './transfer.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1', spec: p1Docs('fd_read') } as const;
const STDIN = 0;

/** One `fd_read` of at most `sizeBytes` into fresh memory. */
function read(s: ScriptBuilder, sizeBytes: number): Step {
  return s.call('fd_read', STDIN, [{ buf: s.alloc(sizeBytes), buf_len: sizeBytes }]);
}

const nothing = ok('0 bytes', (count) => count === 0);

const CONTENTS: readonly { id: string; words: string; content: string | Uint8Array }[] = [
  { id: 'empty', words: 'An empty', content: '' },
  { id: 'one-byte', words: 'A', content: 'x' },
  { id: 'lines', words: 'A', content: 'one\ntwo\r\n\n last' },
  { id: 'every-byte', words: 'A', content: Uint8Array.from({ length: 256 }, (_, byte) => byte) },
  { id: 'page', words: 'A', content: pattern(65_536) },
];

const title = (words: string, kind: string, size: number) =>
  `${words} ${kind} of ${size} bytes as standard input is read whole, then reads return 0`;

const wholes = (['file', 'pipe'] as const).flatMap((kind) =>
  CONTENTS.map(({ id, words, content }): ConformanceCase => {
    const bytes = Buffer.from(content);
    return {
      ...P1,
      id: `stdin/${kind}-${id}`,
      title: title(words, kind, bytes.length),
      world: { stdin: { kind, content } },
      script: (s) => {
        const place = s.alloc(bytes.length + 16);
        s.fill(place, bytes.length + 16, CANARY);
        // One byte more than there is, so that the end is met; as many rounds as pieces could be, and some.
        const moved = move(s, 'fd_read', STDIN, {
          place,
          sizeBytes: bytes.length + 1,
          rounds: Math.min(bytes.length, 64) + 2,
        });
        s.expect(moved.show(), movedAll(bytes.length));
        const digest = s.digest(place, bytes.length);
        s.expect(digest, holds(bytes));
        const behind = s.show(at`${place} + ${bytes.length}`, 16);
        const untouched = (value: unknown) =>
          value instanceof Uint8Array && value.every((byte) => byte === CANARY);
        s.expect(behind, ok('nothing written behind what was read', untouched));
        s.expect(read(s, 8), nothing);
      },
    };
  }),
);

function holds(bytes: Uint8Array): Expectation {
  const expected = fnv(bytes);
  return {
    describe: `the bytes given (${expected})`,
    test: (seen) => seen.kind === 'digest' && seen.fnv === expected,
    asserts: 'ok',
  };
}

const TEN_MIB = 10 * 1024 * 1024;

const large = (['file', 'pipe'] as const).map((kind): ConformanceCase => {
  let content: Uint8Array | undefined;
  return {
    ...P1,
    id: `stdin/${kind}-10-mib`,
    title: title('A', kind, TEN_MIB),
    world: {
      get stdin(): Stdin {
        content ??= pattern(TEN_MIB);
        return { kind, content };
      },
    },
    script: (s) => {
      // Pipes hold 64 KiB, of which a reader in haste may find a part.
      const read = readPattern(s, STDIN, kind === 'file' ? TEN_MIB / 65_536 + 8 : TEN_MIB / 8192);
      s.expect(read.show(), movedAll(TEN_MIB));
      const right = (value: unknown) => value instanceof Uint8Array && value.every((byte) => byte === 0);
      s.expect(s.show(read.wrong, 8), ok('each piece the one that belongs there', right));
    },
  };
});

const NO_STREAMS = 'the text does not say which descriptors a guest finds open';

const others: ConformanceCase[] = [
  {
    ...P1,
    id: 'stdin/null',
    title: 'The null device as standard input is at its end, however often it is read',
    world: { stdin: 'null' },
    script: (s) => {
      for (let round = 0; round < 3; round += 1) s.expect(read(s, 64), nothing);
    },
  },
  {
    ...P1,
    id: 'stdin/closed',
    title: 'With no standard input at all, reading it ends at once: with nothing or with an error',
    world: { stdin: 'closed' },
    script: (s) =>
      s.expect(read(s, 64), oneOf(NO_STREAMS, nothing, err('badf'), err('io'), err('notcapable'))),
  },
  {
    ...P1,
    id: 'stdin/pipe-open',
    title:
      'A read from a pipe returns what there is, fewer bytes than asked for, and does not wait for the rest',
    world: { stdin: { kind: 'pipe', content: 'hello', stays: true } },
    script: (s) => {
      const place = s.alloc(64);
      s.fill(place, 64, CANARY);
      const step = s.call('fd_read', STDIN, [{ buf: place, buf_len: 64 }]);
      s.expect(
        step,
        ok('5 bytes', (count) => count === 5),
      );
      const shown = s.show(place, 8);
      const expected = Buffer.from([...Buffer.from('hello'), CANARY, CANARY, CANARY]);
      s.expect(
        shown,
        ok("'hello'", (value) => value instanceof Uint8Array && expected.equals(value)),
      );
    },
  },
  {
    ...P1,
    id: 'stdin/terminal',
    title: 'A terminal as standard input hands out a line when it has ended, and then the end that was typed',
    needs: ['terminal'],
    world: { stdin: { kind: 'terminal', content: 'a line\n\x04' } },
    script: (s) => {
      s.expect(
        read(s, 64),
        ok('7 bytes', (count) => count === 7),
      );
      s.expect(read(s, 64), nothing);
    },
  },
  {
    ...P1,
    id: 'stdin/nothing-asked',
    title: 'Reading into no buffer, or one of no bytes, takes nothing away from standard input',
    world: { stdin: { kind: 'file', content: 'abc' } },
    script: (s) => {
      s.expect(read(s, 0), nothing);
      s.expect(s.call('fd_read', STDIN, []), nothing);
      s.expect(
        read(s, 8),
        ok('3 bytes', (count) => count === 3),
      );
    },
  },
];

const UNKNOWN =
  'a host may keep from the guest what its standard input is: "unknown: The type of the file descriptor or file is unknown or is different from any of the other types specified"';

const TYPES: readonly { id: string; stdin: Stdin; is: string; words: string; needs?: ['terminal'] }[] = [
  { id: 'file', stdin: { kind: 'file', content: 'x' }, is: 'regular_file', words: 'a regular file' },
  { id: 'null', stdin: 'null', is: 'character_device', words: 'the null device' },
  { id: 'pipe', stdin: { kind: 'pipe', content: 'x' }, is: 'unknown', words: 'a pipe' },
  {
    id: 'terminal',
    stdin: { kind: 'terminal', content: 'x\n' },
    is: 'character_device',
    words: 'a terminal',
    needs: ['terminal'],
  },
];

const hasType = (name: string) =>
  ok(`a filetype of ${name}`, (stat) => (stat as { fs_filetype?: string }).fs_filetype === name);

const types = TYPES.map(
  ({ id, stdin, is, words, ...needs }): ConformanceCase => ({
    ...P1,
    ...needs,
    id: `stdin/type-of-${id}`,
    title: `The filetype of a standard input that is ${words} is ${is}, or unknown`,
    spec: p1Docs('filetype'),
    world: { stdin },
    script: (s) => {
      const known = hasType(is);
      s.expect(
        s.call('fd_fdstat_get', STDIN),
        is === 'unknown' ? known : oneOf(UNKNOWN, known, hasType('unknown')),
      );
    },
  }),
);

export const stdinP1: ConformanceCase[] = [...wholes, ...large, ...others, ...types];
