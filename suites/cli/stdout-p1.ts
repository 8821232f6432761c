/** Owns what becomes of what a preview 1 guest writes to its standard output, by what stands behind it. */

import { createHash } from 'node:crypto';
import { err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { Stdout } from '../../harness/contracts/world.ts';
import { p1Docs } from './spec.ts';
import { blocks, movedAll, writeBlocks } from './transfer.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1', spec: p1Docs('fd_write') } as const;
const STDOUT = 1;

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** States that the host got these bytes and no others. */
function arrives(s: ScriptBuilder, step: Step, expected: Uint8Array): void {
  s.after('the host got what was written', [step], ({ after }) => {
    const stdout = after[0]?.stdout;
    if (!stdout) return 'nothing was kept of it';
    if (stdout.sizeBytes !== expected.length) return `${stdout.sizeBytes} bytes came, not ${expected.length}`;
    return stdout.sha256 === hashOf(expected) || 'other bytes came';
  });
}

const kinds: readonly { stdout: Stdout; words: string }[] = [
  { stdout: 'file', words: 'a file' },
  { stdout: 'pipe', words: 'a pipe' },
];

const texts = kinds.flatMap(({ stdout, words }): ConformanceCase[] => [
  {
    ...P1,
    id: `stdout/${stdout}-in-order`,
    title: `What is written to ${words} in several calls arrives in their order`,
    world: { stdout },
    script: (s) => {
      const parts = ['first\n', 'second', '', ' third\r\n'];
      const steps = parts.map((text) => {
        const place = s.alloc(text.length + 1, 1);
        if (text !== '') s.put(place, text);
        const step = s.call('fd_write', STDOUT, [{ buf: place, buf_len: text.length }]);
        s.expect(
          step,
          ok(`${text.length} bytes`, (count) => count === text.length),
        );
        return step;
      });
      arrives(s, steps[0]!, Buffer.from(parts.join('')));
    },
  },
  {
    ...P1,
    id: `stdout/${stdout}-every-byte`,
    title: `Each of the 256 bytes arrives as it is in ${words}`,
    world: { stdout },
    script: (s) => {
      const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
      const place = s.alloc(256);
      s.put(place, bytes);
      const step = s.call('fd_write', STDOUT, [{ buf: place, buf_len: 256 }]);
      s.expect(
        step,
        ok('256 bytes', (count) => count === 256),
      );
      arrives(s, step, bytes);
    },
  },
]);

const MIB = 1024 * 1024;

const large = [...kinds, { stdout: 'slow-pipe', words: 'a pipe with a slow reader' } as const].map(
  ({ stdout, words }): ConformanceCase => ({
    ...P1,
    id: `stdout/${stdout}-1-mib`,
    title: `A mebibyte written to ${words} arrives whole`,
    world: { stdout },
    script: (s) => {
      // Pipes may take as little as a page at a time.
      const step = writeBlocks(s, STDOUT, MIB, 300).show();
      s.expect(step, movedAll(MIB));
      arrives(s, step, blocks(MIB));
    },
  }),
);

/** `fd_write` as `writev`: "Write to a file descriptor", from the buffers in their order. */
const several: ConformanceCase = {
  ...P1,
  id: 'stdout/several-buffers',
  title: 'Of several buffers a first part arrives, in their order and as long as the call says',
  world: { stdout: 'file' },
  script: (s) => {
    const parts = ['one ', '', 'two ', 'three'];
    const step = s.call(
      'fd_write',
      STDOUT,
      parts.map((text) => {
        const place = s.alloc(text.length + 1, 1);
        if (text !== '') s.put(place, text);
        return { buf: place, buf_len: text.length };
      }),
    );
    s.expect(
      step,
      ok('1 to 13 bytes', (count) => Number(count) > 0 && Number(count) <= 13),
    );
    s.after('so much of the buffers arrived', [step], ({ values: [seen], after }) => {
      const count = seen?.kind === 'ok' ? Number(seen.value) : 0;
      const said = Buffer.from(after[0]?.stdout?.head ?? '', 'base64').toString();
      return said === parts.join('').slice(0, count) || `it said ${count} bytes, '${said}' arrived`;
    });
  },
};

/** "pipe: Write on a pipe with no one to read it. Action: Ignored." */
const closed: ConformanceCase = {
  ...P1,
  id: 'stdout/closed-pipe',
  title:
    'Writing to a pipe that nobody reads any more fails with pipe, time and again, and does not end the guest',
  spec: p1Docs('errno.pipe'),
  world: { stdout: 'closed-pipe' },
  script: (s) => {
    const place = s.alloc(4);
    for (let round = 0; round < 3; round += 1)
      s.expect(s.call('fd_write', STDOUT, [{ buf: place, buf_len: 4 }]), err('pipe'));
    s.expect(s.call('sched_yield'), ok());
  },
};

const UNKNOWN =
  'a host may keep from the guest what its standard output is: "unknown: The type of the file descriptor or file is unknown or is different from any of the other types specified"';

const hasType = (name: string) =>
  ok(`a filetype of ${name}`, (stat) => (stat as { fs_filetype?: string }).fs_filetype === name);

const TYPES: readonly { stdout: Stdout; words: string; is: string; needs?: ['terminal'] }[] = [
  { ...kinds[0]!, is: 'regular_file' },
  { ...kinds[1]!, is: 'unknown' },
  { stdout: 'terminal', words: 'a terminal', is: 'character_device', needs: ['terminal'] },
];

const types = TYPES.map(
  ({ stdout, words, is, ...needs }): ConformanceCase => ({
    ...P1,
    ...needs,
    id: `stdout/type-of-${stdout}`,
    title: `The filetype of a standard output that is ${words} is ${is}, or unknown`,
    spec: p1Docs('filetype'),
    world: { stdout },
    script: (s) => {
      const known = hasType(is);
      s.expect(
        s.call('fd_fdstat_get', STDOUT),
        is === 'unknown' ? known : oneOf(UNKNOWN, known, hasType('unknown')),
      );
    },
  }),
);

export const stdoutP1: ConformanceCase[] = [...texts, ...large, several, closed, ...types];
