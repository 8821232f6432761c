/** Owns that preview 1's functions refuse descriptors that are not open. */

import { err, ok } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { expectFile, holding, LETTERS } from './content.ts';
import { buffer, expectRead, P1, vector } from './content-p1.ts';
import { DIRECTORY, open } from './opening-p1.ts';
import { p1Docs } from './spec.ts';

const vectors = (s: ScriptBuilder) => [{ buf: buffer(s, 4), buf_len: 4 }];

/** Each function with arguments that would do for an open file. */
const CALLS: readonly { name: string; call(s: ScriptBuilder, fd: Slot | number): Step }[] = [
  { name: 'fd_advise', call: (s, fd) => s.call('fd_advise', fd, 0n, 0n, 'normal') },
  { name: 'fd_allocate', call: (s, fd) => s.call('fd_allocate', fd, 0n, 1n) },
  { name: 'fd_close', call: (s, fd) => s.call('fd_close', fd) },
  { name: 'fd_datasync', call: (s, fd) => s.call('fd_datasync', fd) },
  { name: 'fd_fdstat_get', call: (s, fd) => s.call('fd_fdstat_get', fd) },
  { name: 'fd_fdstat_set_flags', call: (s, fd) => s.call('fd_fdstat_set_flags', fd, []) },
  { name: 'fd_fdstat_set_rights', call: (s, fd) => s.call('fd_fdstat_set_rights', fd, [], []) },
  { name: 'fd_filestat_get', call: (s, fd) => s.call('fd_filestat_get', fd) },
  { name: 'fd_filestat_set_size', call: (s, fd) => s.call('fd_filestat_set_size', fd, 0n) },
  { name: 'fd_filestat_set_times', call: (s, fd) => s.call('fd_filestat_set_times', fd, 0n, 0n, ['mtim']) },
  { name: 'fd_pread', call: (s, fd) => s.call('fd_pread', fd, vectors(s), 0n) },
  { name: 'fd_prestat_get', call: (s, fd) => s.call('fd_prestat_get', fd) },
  { name: 'fd_prestat_dir_name', call: (s, fd) => s.call('fd_prestat_dir_name', fd, buffer(s, 8), 8) },
  { name: 'fd_pwrite', call: (s, fd) => s.call('fd_pwrite', fd, [vector(s, 'XY')], 0n) },
  { name: 'fd_read', call: (s, fd) => s.call('fd_read', fd, vectors(s)) },
  { name: 'fd_seek', call: (s, fd) => s.call('fd_seek', fd, 0n, 'set') },
  { name: 'fd_sync', call: (s, fd) => s.call('fd_sync', fd) },
  { name: 'fd_tell', call: (s, fd) => s.call('fd_tell', fd) },
  { name: 'fd_write', call: (s, fd) => s.call('fd_write', fd, [vector(s, 'XY')]) },
];

const notOpen = CALLS.map(
  ({ name, call }): ConformanceCase => ({
    ...P1,
    id: `${name}/not-open`,
    title: `${name} refuses with badf a descriptor that was closed, one that never was, and a large number`,
    spec: p1Docs('errno.badf'),
    world: holding(),
    script(s) {
      const fd = s.let(open(s, 'file').value);
      s.expect(s.call('fd_close', fd), ok());
      for (const one of [fd, 1000, 0x7fff_ffff]) s.expect(call(s, one), err('badf'));
      expectFile(s, LETTERS);
    },
  }),
);

/** One call with few arguments, and some with an argument of 64 bits, which hosts receive in another way. */
const largest = CALLS.filter(({ name }) => ['fd_close', 'fd_seek', 'fd_pread'].includes(name)).map(
  ({ name, call }): ConformanceCase => ({
    ...P1,
    id: `${name}/largest-descriptor`,
    title: `${name} refuses with badf the descriptor 2^32 - 1`,
    spec: p1Docs('errno.badf'),
    world: holding(),
    script: (s) => s.expect(call(s, 0xffff_ffff), err('badf')),
  }),
);

const closing: ConformanceCase[] = [
  {
    ...P1,
    id: 'fd_close/other-stays',
    title: 'Closing one descriptor of a file leaves another one open, with its position',
    spec: p1Docs('fd_close'),
    world: holding(),
    script(s) {
      const { value: first } = open(s, 'file');
      const { value: second } = open(s, 'file');
      expectRead(s, second, 3, 'abc');
      s.expect(s.call('fd_close', first), ok());
      expectRead(s, second, 3, 'def');
    },
  },
  {
    ...P1,
    id: 'fd_close/preopen',
    title:
      'A preopened directory can be closed, after which nothing can be opened in it, and the other one stays',
    spec: p1Docs('fd_close'),
    world: {
      preopens: [
        { guest: '/one', entries: { file: 'one' } },
        { guest: '/two', entries: { file: 'two' } },
      ],
    },
    script(s) {
      s.expect(s.call('fd_close', DIRECTORY), ok());
      s.expect(s.call('fd_prestat_get', DIRECTORY), err('badf'));
      s.expect(s.call('fd_filestat_get', DIRECTORY), err('badf'));
      expectRead(s, open(s, 'file', { at: DIRECTORY + 1 }).value, 8, 'two');
    },
  },
];

export const closedP1: ConformanceCase[] = [...notOpen, ...largest, ...closing];
