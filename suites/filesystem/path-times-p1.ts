/** Owns what `path_filestat_set_times` does for every combination of its flags, to files, directories and links. */

import { err, ok } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { FileTree } from '../../harness/contracts/world.ts';
import { DIRECTORY } from './opening-p1.ts';
import { p1Docs } from './spec.ts';
import { expectTimes } from './tree.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1', spec: p1Docs('path_filestat_set_times') } as const;
const FOLLOW = ['symlink_follow'];

const OLD_ATIM = 1_000_000_000n;
const OLD_MTIM = 2_000_000_000n;
/** In the past, and whole seconds: finer times are one case's subject. */
const ATIM = 1_234_567_890_000_000_000n;
const MTIM = 987_654_321_000_000_000n;
const OLD = { accessedNs: OLD_ATIM, modifiedNs: OLD_MTIM } as const;
const ENTRIES: FileTree = {
  file: { kind: 'file', content: 'content', ...OLD },
  directory: { kind: 'directory', ...OLD },
  link: { kind: 'symlink', target: 'file' },
  dangling: { kind: 'symlink', target: 'absent' },
};
const WORLD = { preopens: [{ guest: '/', entries: ENTRIES }] };
/** Streams of its own give a case a process of its own: what it leaves behind there shall not fail the next one. */
const ALONE = { ...WORLD, stdin: 'null' } as const;

type Change = 'kept' | 'given' | 'now';
const CHANGES: readonly Change[] = ['kept', 'given', 'now'];
const flagsOf = (which: 'atim' | 'mtim', change: Change) =>
  change === 'kept' ? [] : [change === 'now' ? `${which}_now` : which];

const resultOf = (change: Change, old: bigint, given: bigint) =>
  change === 'now' ? 'now' : change === 'kept' ? old : given;

const combinations = CHANGES.flatMap((atim) =>
  CHANGES.map(
    (mtim): ConformanceCase => ({
      ...P1,
      id: `path_filestat_set_times/atim-${atim}-mtim-${mtim}`,
      title: `The time of access can be ${atim} and the time of change ${mtim}`,
      spec: p1Docs('fstflags'),
      world: WORLD,
      script: (s) => {
        const flags = [...flagsOf('atim', atim), ...flagsOf('mtim', mtim)];
        s.expect(s.call('path_filestat_set_times', DIRECTORY, [], 'file', ATIM, MTIM, flags), ok());
        expectTimes(s, 'file', resultOf(atim, OLD_ATIM, ATIM), resultOf(mtim, OLD_MTIM, MTIM));
      },
    }),
  ),
);

const CONTRADICTIONS = [
  ['atim', 'atim_now'],
  ['mtim', 'mtim_now'],
  ['atim', 'atim_now', 'mtim', 'mtim_now'],
];

const contradictions = CONTRADICTIONS.map(
  (flags): ConformanceCase => ({
    ...P1,
    id: `path_filestat_set_times/contradiction-${flags.join('-')}`,
    title: `A time that shall be both the given one and now (${flags.join(', ')}) is refused with inval, and no time changes`,
    spec: p1Docs('errno.inval'),
    world: ALONE,
    script: (s) => {
      s.expect(s.call('path_filestat_set_times', DIRECTORY, [], 'file', ATIM, MTIM, flags), err('inval'));
      expectTimes(s, 'file', OLD_ATIM, OLD_MTIM);
    },
  }),
);

const others: ConformanceCase[] = [
  {
    ...P1,
    id: 'path_filestat_set_times/after-contradiction',
    title: 'After contradicting flags were refused, the directory can be used as before',
    spec: p1Docs('errno.inval'),
    world: ALONE,
    patience: 0.3,
    script: (s) => {
      const set = (flags: readonly string[]) =>
        s.call('path_filestat_set_times', DIRECTORY, [], 'file', ATIM, MTIM, flags);
      s.expect(set(['atim', 'atim_now']), err('inval'));
      s.expect(set(['atim', 'mtim']), ok());
      expectTimes(s, 'file', ATIM, MTIM);
    },
  },
  {
    ...P1,
    id: 'path_filestat_set_times/nanoseconds',
    title: 'Times are set to the nanosecond',
    spec: p1Docs('timestamp'),
    world: WORLD,
    script: (s) => {
      const times = [1_234_567_890_123_456_789n, 987_654_321_987_654_321n] as const;
      s.expect(s.call('path_filestat_set_times', DIRECTORY, [], 'file', ...times, ['atim', 'mtim']), ok());
      expectTimes(s, 'file', ...times);
    },
  },
  {
    ...P1,
    id: 'path_filestat_set_times/zero',
    title: 'The first second of all is a time like any other',
    world: WORLD,
    script: (s) => {
      s.expect(s.call('path_filestat_set_times', DIRECTORY, [], 'file', 0n, 0n, ['atim', 'mtim']), ok());
      expectTimes(s, 'file', 0n, 0n);
    },
  },
  {
    ...P1,
    id: 'path_filestat_set_times/directory',
    title: 'The times of a directory can be set',
    world: WORLD,
    script: (s) => {
      const set = s.call(
        'path_filestat_set_times',
        DIRECTORY,
        [],
        'directory',
        5_000_000_000n,
        7_000_000_000n,
        ['atim', 'mtim'],
      );
      s.expect(set, ok());
      expectTimes(s, 'directory', 5_000_000_000n, 7_000_000_000n);
    },
  },
  {
    ...P1,
    id: 'path_filestat_set_times/link-followed',
    title: 'Following a link, the times of what it leads to are set',
    spec: p1Docs('lookupflags.symlink_follow'),
    world: WORLD,
    script: (s) => {
      const set = s.call(
        'path_filestat_set_times',
        DIRECTORY,
        FOLLOW,
        'link',
        5_000_000_000n,
        7_000_000_000n,
        ['atim', 'mtim'],
      );
      s.expect(set, ok());
      expectTimes(s, 'file', 5_000_000_000n, 7_000_000_000n);
    },
  },
  {
    ...P1,
    id: 'path_filestat_set_times/link-itself',
    title: 'Without following, the times of the link itself are set and those of the file stay',
    spec: p1Docs('lookupflags.symlink_follow'),
    world: WORLD,
    script: (s) => {
      const times = [5_000_000_000n, 7_000_000_000n, ['atim', 'mtim']] as const;
      // First, since following a link may count as access to it.
      s.expect(s.call('path_filestat_set_times', DIRECTORY, FOLLOW, 'dangling', ...times), err('noent'));
      s.expect(s.call('path_filestat_set_times', DIRECTORY, [], 'link', ...times), ok());
      s.expect(s.call('path_filestat_set_times', DIRECTORY, [], 'dangling', ...times), ok());
      expectTimes(s, 'file', OLD_ATIM, OLD_MTIM);
      expectTimes(s, 'link', 5_000_000_000n, 7_000_000_000n);
      expectTimes(s, 'dangling', 5_000_000_000n, 7_000_000_000n);
    },
  },
];

export const pathTimesP1: ConformanceCase[] = [...combinations, ...contradictions, ...others];
