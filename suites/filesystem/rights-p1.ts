/** Owns that preview 1 lets a descriptor do what its rights allow, and nothing else. */

import { type Expectation, err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { expectFile, holding, LETTERS } from './content.ts';
import { buffer, P1, returns, vector } from './content-p1.ts';
import { FILE_RIGHTS, open } from './opening-p1.ts';
import { p1Docs } from './spec.ts';

type Right = (typeof FILE_RIGHTS)[number];

/** FILE_RIGHTS without some. */
const without = (...lacking: readonly Right[]) => FILE_RIGHTS.filter((right) => !lacking.includes(right));

const NOT_OPEN_FOR_IT =
  'the descriptor lacks the right, which is "Capabilities insufficient"; and it may have been opened so that it is, in the words of POSIX, "not a valid file descriptor open for reading" or "for writing", which is EBADF';

interface Action {
  name: string;
  lacking: readonly Right[];
  act(s: ScriptBuilder, fd: Slot): Step;
  /** Opening without the right may well open the file for less. */
  badf?: true;
}

const readInto = (s: ScriptBuilder) => [{ buf: buffer(s, 4), buf_len: 4 }];

const ACTIONS: readonly Action[] = [
  { name: 'fd_read', lacking: ['fd_read'], act: (s, fd) => s.call('fd_read', fd, readInto(s)), badf: true },
  {
    name: 'fd_pread',
    lacking: ['fd_read'],
    act: (s, fd) => s.call('fd_pread', fd, readInto(s), 0n),
    badf: true,
  },
  { name: 'fd_pread', lacking: ['fd_seek'], act: (s, fd) => s.call('fd_pread', fd, readInto(s), 0n) },
  {
    name: 'fd_write',
    lacking: ['fd_write'],
    act: (s, fd) => s.call('fd_write', fd, [vector(s, 'XY')]),
    badf: true,
  },
  {
    name: 'fd_pwrite',
    lacking: ['fd_write'],
    act: (s, fd) => s.call('fd_pwrite', fd, [vector(s, 'XY')], 0n),
    badf: true,
  },
  {
    name: 'fd_pwrite',
    lacking: ['fd_seek'],
    act: (s, fd) => s.call('fd_pwrite', fd, [vector(s, 'XY')], 0n),
  },
  { name: 'fd_seek', lacking: ['fd_seek'], act: (s, fd) => s.call('fd_seek', fd, 1n, 'cur') },
  {
    name: 'fd_seek',
    lacking: ['fd_seek', 'fd_tell'],
    act: (s, fd) => s.call('fd_seek', fd, 0n, 'cur'),
  },
  { name: 'fd_tell', lacking: ['fd_tell', 'fd_seek'], act: (s, fd) => s.call('fd_tell', fd) },
  { name: 'fd_sync', lacking: ['fd_sync'], act: (s, fd) => s.call('fd_sync', fd) },
  { name: 'fd_datasync', lacking: ['fd_datasync'], act: (s, fd) => s.call('fd_datasync', fd) },
  {
    name: 'fd_fdstat_set_flags',
    lacking: ['fd_fdstat_set_flags'],
    act: (s, fd) => s.call('fd_fdstat_set_flags', fd, ['append']),
  },
  { name: 'fd_advise', lacking: ['fd_advise'], act: (s, fd) => s.call('fd_advise', fd, 0n, 0n, 'normal') },
  { name: 'fd_allocate', lacking: ['fd_allocate'], act: (s, fd) => s.call('fd_allocate', fd, 0n, 20n) },
  {
    name: 'fd_filestat_get',
    lacking: ['fd_filestat_get'],
    act: (s, fd) => s.call('fd_filestat_get', fd),
  },
  {
    name: 'fd_filestat_set_size',
    lacking: ['fd_filestat_set_size'],
    act: (s, fd) => s.call('fd_filestat_set_size', fd, 3n),
  },
  {
    name: 'fd_filestat_set_times',
    lacking: ['fd_filestat_set_times'],
    act: (s, fd) => s.call('fd_filestat_set_times', fd, 7n, 7n, ['mtim']),
  },
];

const OLD = 1_222_222_222_000_000_000n;
const WORLD = holding({ kind: 'file', content: LETTERS, modifiedNs: OLD });

const NO_ALLOCATION =
  'the right is missing; and posix_fallocate, to which the text likens the function, has ENOTSUP where "the underlying file system does not support this operation", which may be found first';

function refusal({ name, badf }: Action): Expectation {
  if (badf) return oneOf(NOT_OPEN_FOR_IT, err('notcapable'), err('badf'));
  if (name === 'fd_allocate') return oneOf(NO_ALLOCATION, err('notcapable'), err('notsup'));
  return err('notcapable');
}

const opened = ACTIONS.map((action): ConformanceCase => {
  const { name, lacking, act } = action;
  return {
    ...P1,
    id: `${name}/without-${lacking.join('-')}`,
    title: `${name} on a descriptor opened without ${lacking.join(' and ')} is refused and changes nothing`,
    spec: p1Docs(`rights.${lacking[0]}`),
    world: WORLD,
    script(s) {
      const { value: fd } = open(s, 'file', { rights: without(...lacking) });
      s.expect(act(s, fd), refusal(action));
      expectFile(s, LETTERS);
      s.after('the modification time stays', [], ({ after }) => {
        const found = after[0]?.preopens[0]?.find(({ path }) => path === 'file')?.modifiedNs;
        return found === String(OLD) || `it is ${found}`;
      });
    },
  };
});

/** The descriptor stays open for reading and writing: only the right is missing. */
const removed = ACTIONS.filter(({ badf }) => badf).map(
  ({ name, lacking, act }): ConformanceCase => ({
    ...P1,
    id: `${name}/right-removed`,
    title: `${name} is refused with notcapable once fd_fdstat_set_rights has taken ${lacking.join(' and ')}`,
    spec: p1Docs('fd_fdstat_set_rights'),
    world: WORLD,
    script(s) {
      const { value: fd } = open(s, 'file');
      s.expect(act(s, fd), ok());
      s.expect(s.call('fd_fdstat_set_rights', fd, without(...lacking), []), ok());
      s.expect(act(s, fd), err('notcapable'));
    },
  }),
);

const enough: ConformanceCase[] = [
  {
    ...P1,
    id: 'fd_tell/by-fd_seek',
    title: 'The right fd_seek implies fd_tell',
    spec: p1Docs('rights.fd_seek'),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file', { rights: without('fd_tell') });
      s.expect(s.call('fd_seek', fd, 3n, 'set'), returns(3));
      s.expect(s.call('fd_tell', fd), returns(3));
    },
  },
  {
    ...P1,
    id: 'fd_seek/by-fd_tell',
    title: 'The right fd_tell suffices for a seek by 0 from the position',
    spec: p1Docs('rights.fd_tell'),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file', { rights: ['fd_read', 'fd_tell'] });
      s.expect(s.call('fd_read', fd, [{ buf: buffer(s, 4), buf_len: 4 }]), returns(4));
      s.expect(s.call('fd_seek', fd, 0n, 'cur'), returns(4));
    },
  },
  {
    ...P1,
    id: 'fd_close/without-rights',
    title: 'A descriptor opened without any right can be asked for its attributes and closed',
    spec: p1Docs('rights'),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file', { rights: [] });
      s.expect(s.call('fd_fdstat_get', fd), ok());
      s.expect(s.call('fd_close', fd), ok());
    },
  },
];

export const rightsP1: ConformanceCase[] = [...opened, ...removed, ...enough];
