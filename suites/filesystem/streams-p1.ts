/** Owns what preview 1's functions make of what has no place to seek to: FIFOs and standard streams. */

import { type Expectation, err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { World } from '../../harness/contracts/world.ts';
import { holding } from './content.ts';
import { buffer, expectRead, P1, returns, vector, write } from './content-p1.ts';
import { attributes } from './fdstat-p1.ts';
import { open } from './opening-p1.ts';
import { p1Docs } from './spec.ts';

const WORLD = holding({ kind: 'fifo' });

/** For reading and writing, so that opening it needs nobody at the other end. */
const openFifo = (s: ScriptBuilder): Slot => open(s, 'file', { fdflags: ['nonblock'] }).value;

const NO_SEEKING =
  'POSIX has ESPIPE for a pipe or FIFO; `path_open` may leave out "rights [that] do not apply to the type of file being opened", which makes it notcapable; and a descriptor without a position may be a "Bad file descriptor" for this function';
const NOT_SEEKABLE = oneOf(NO_SEEKING, err('spipe'), err('notcapable'), err('badf'));

const REFUSED: readonly {
  name: string;
  call(s: ScriptBuilder, fd: Slot): Step;
  to: Expectation;
}[] = [
  { name: 'fd_seek', call: (s, fd) => s.call('fd_seek', fd, 0n, 'set'), to: NOT_SEEKABLE },
  { name: 'fd_tell', call: (s, fd) => s.call('fd_tell', fd), to: NOT_SEEKABLE },
  {
    name: 'fd_pread',
    call: (s, fd) => s.call('fd_pread', fd, [{ buf: buffer(s, 4), buf_len: 4 }], 0n),
    to: NOT_SEEKABLE,
  },
  {
    name: 'fd_pwrite',
    call: (s, fd) => s.call('fd_pwrite', fd, [vector(s, 'XY')], 0n),
    to: NOT_SEEKABLE,
  },
  {
    name: 'fd_advise',
    call: (s, fd) => s.call('fd_advise', fd, 0n, 0n, 'normal'),
    to: NOT_SEEKABLE,
  },
  {
    name: 'fd_allocate',
    call: (s, fd) => s.call('fd_allocate', fd, 0n, 10n),
    to: oneOf(
      `${NO_SEEKING}; ENODEV is for what is no regular file, ENOTSUP where allocation is not supported`,
      err('spipe'),
      err('nodev'),
      err('notcapable'),
      err('notsup'),
      err('badf'),
    ),
  },
  {
    name: 'fd_filestat_set_size',
    call: (s, fd) => s.call('fd_filestat_set_size', fd, 10n),
    to: oneOf(
      'POSIX has EINVAL where the descriptor is not of a regular file, EBADF or EINVAL where it is not open for writing; `path_open` may leave out "rights [that] do not apply to the type of file being opened"',
      err('inval'),
      err('badf'),
      err('notcapable'),
    ),
  },
];

const fifos: ConformanceCase[] = [
  ...REFUSED.map(
    ({ name, call, to }): ConformanceCase => ({
      ...P1,
      id: `${name}/fifo`,
      title: `${name} on a FIFO is refused`,
      spec: p1Docs(name),
      world: WORLD,
      script: (s) => s.expect(call(s, openFifo(s)), to),
    }),
  ),
  {
    ...P1,
    id: 'fd_read/fifo',
    title: 'What is written to a FIFO is read from it, and then, in non-blocking mode, reading would block',
    spec: p1Docs('errno.again'),
    world: WORLD,
    script(s) {
      const fd = openFifo(s);
      write(s, fd, 'through');
      expectRead(s, fd, 12, 'through');
      s.expect(s.call('fd_read', fd, [{ buf: buffer(s, 4), buf_len: 4 }]), err('again'));
    },
  },
  {
    ...P1,
    id: 'fd_write/full-fifo',
    title: 'Writing to a FIFO that is full would block, in non-blocking mode, and nothing of it is written',
    spec: p1Docs('errno.again'),
    world: WORLD,
    script(s) {
      const fd = openFifo(s);
      const block = s.alloc(4096);
      // A pipe holds 64 KiB on Linux, as much as a page of 64 KiB elsewhere.
      s.loop(1024, () => {
        s.call('fd_write', fd, [{ buf: block, buf_len: 4096 }]);
      });
      s.expect(s.call('fd_write', fd, [vector(s, 'XY')]), err('again'));
    },
  },
  {
    ...P1,
    id: 'fd_fdstat_get/fifo',
    title: 'fd_fdstat_get of a FIFO gives the type unknown, which stands for all that have none of their own',
    spec: p1Docs('filetype.unknown'),
    world: WORLD,
    script: (s) => s.expect(s.call('fd_fdstat_get', openFifo(s)), attributes({ fs_filetype: 'unknown' })),
  },
  {
    ...P1,
    id: 'fd_filestat_get/fifo',
    title:
      'fd_filestat_get of a FIFO gives the type unknown, which stands for all that have none of their own',
    spec: p1Docs('filetype.unknown'),
    world: WORLD,
    script: (s) =>
      s.expect(
        s.call('fd_filestat_get', openFifo(s)),
        ok('unknown', (value) => (value as { filetype: string }).filetype === 'unknown'),
      ),
  },
];

const STANDARD: readonly { id: string; words: string; fd: number; type: string; world: World }[] = [
  {
    id: 'stdin-null',
    words: 'standard input from the null device',
    fd: 0,
    type: 'character_device',
    world: { stdin: 'null' },
  },
  {
    id: 'stdin-file',
    words: 'standard input from a file',
    fd: 0,
    type: 'regular_file',
    world: { stdin: { kind: 'file', content: 'in' } },
  },
  {
    id: 'stdin-pipe',
    words: 'standard input from a pipe',
    fd: 0,
    type: 'unknown',
    world: { stdin: { kind: 'pipe', content: 'in' } },
  },
  {
    id: 'stdout-file',
    words: 'standard output to a file',
    fd: 1,
    type: 'regular_file',
    world: { stdout: 'file' },
  },
  {
    id: 'stdout-pipe',
    words: 'standard output to a pipe',
    fd: 1,
    type: 'unknown',
    world: { stdout: 'pipe' },
  },
];
const HOST_STREAMS =
  'how a stream of the host comes to the guest is not said: it may have the type that it has on the host, be of the kind "different from any of the other types specified" (unknown), or a "character device", which says no more than that bytes come one after another';

const standard = STANDARD.map(
  ({ id, words, fd, type, world }): ConformanceCase => ({
    ...P1,
    id: `fd_fdstat_get/${id}`,
    title: `fd_fdstat_get of ${words} says what it is, and gives the right to ${fd === 0 ? 'read' : 'write'}`,
    spec: p1Docs('filetype'),
    world,
    script: (s) =>
      s.expect(
        s.call('fd_fdstat_get', fd),
        oneOf(
          HOST_STREAMS,
          ok(
            `${[...new Set([type, 'unknown', 'character_device'])].join(' or ')} with its right`,
            (value) => {
              const { fs_filetype, fs_rights_base } = value as {
                fs_filetype: string;
                fs_rights_base: string[];
              };
              return (
                [type, 'unknown', 'character_device'].includes(fs_filetype) &&
                fs_rights_base.includes(fd === 0 ? 'fd_read' : 'fd_write')
              );
            },
          ),
        ),
      ),
  }),
);

const closedPipe: ConformanceCase = {
  ...P1,
  id: 'fd_write/closed-pipe',
  title: 'fd_write to standard output whose reader has left is refused with pipe, after a MiB at the latest',
  spec: p1Docs('errno.pipe'),
  world: { stdout: 'closed-pipe' },
  script(s) {
    const page = { buf: s.alloc(4096), buf_len: 4096 };
    // A host may keep back what is written, and learn only later that nobody takes it.
    s.loop(255, () => {
      s.call('fd_write', 1, [page]);
    });
    s.expect(s.call('fd_write', 1, [page]), err('pipe'));
  },
};

const stdinSeek: ConformanceCase = {
  ...P1,
  id: 'fd_seek/stdin-pipe',
  title: 'fd_seek of standard input from a pipe is refused, and what is in it can be read',
  spec: p1Docs('fd_seek'),
  world: { stdin: { kind: 'pipe', content: 'piped in' } },
  script(s) {
    s.expect(s.call('fd_seek', 0, 2n, 'set'), NOT_SEEKABLE);
    s.expect(s.call('fd_tell', 0), NOT_SEEKABLE);
    const block = buffer(s, 5);
    s.expect(s.call('fd_read', 0, [{ buf: block, buf_len: 5 }]), returns(5));
  },
};

export const streamsP1: ConformanceCase[] = [...fifos, ...standard, closedPipe, stdinSeek];
