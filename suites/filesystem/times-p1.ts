/** Owns which times preview 1's `fd_filestat_set_times` gives to what is open. */

import { err, ok } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { HostEntry } from '../../harness/contracts/world.ts';
import { holding, LETTERS } from './content.ts';
import { P1 } from './content-p1.ts';
import { DIRECTORY, open } from './opening-p1.ts';
import { p1Docs } from './spec.ts';
import { onHost } from './tree.ts';

/** What the file has before. */
const ACCESSED = 1_111_111_111_000_000_000n;
const MODIFIED = 1_222_222_222_000_000_000n;
/** What is given. */
const GIVEN_ACCESSED = 1_333_333_333_000_000_000n;
const GIVEN_MODIFIED = 1_444_444_444_000_000_000n;

const WORLD = holding({ kind: 'file', content: LETTERS, accessedNs: ACCESSED, modifiedNs: MODIFIED });

/** The host's clock may be coarser than the one by which a file is stamped. */
const SLACK_NS = 20_000_000n;
/** Whether parts of seconds are kept is the business of cases of their own. */
const SECOND_NS = 1_000_000_000n;

type Wanted = bigint | 'now';

const FLAGS: readonly { id: string; words: string; flags: string[]; atim: Wanted; mtim: Wanted }[] = [
  { id: 'neither', words: 'without flags leaves both times', flags: [], atim: ACCESSED, mtim: MODIFIED },
  {
    id: 'atim',
    words: 'gives the access time and leaves the other',
    flags: ['atim'],
    atim: GIVEN_ACCESSED,
    mtim: MODIFIED,
  },
  {
    id: 'mtim',
    words: 'gives the modification time and leaves the other',
    flags: ['mtim'],
    atim: ACCESSED,
    mtim: GIVEN_MODIFIED,
  },
  {
    id: 'both',
    words: 'gives both times',
    flags: ['atim', 'mtim'],
    atim: GIVEN_ACCESSED,
    mtim: GIVEN_MODIFIED,
  },
  {
    id: 'atim-now',
    words: 'sets the access time to now and leaves the other',
    flags: ['atim_now'],
    atim: 'now',
    mtim: MODIFIED,
  },
  {
    id: 'mtim-now',
    words: 'sets the modification time to now and leaves the other',
    flags: ['mtim_now'],
    atim: ACCESSED,
    mtim: 'now',
  },
  {
    id: 'both-now',
    words: 'sets both times to now',
    flags: ['atim_now', 'mtim_now'],
    atim: 'now',
    mtim: 'now',
  },
  {
    id: 'atim-mtim-now',
    words: 'gives the access time and sets the other to now',
    flags: ['atim', 'mtim_now'],
    atim: GIVEN_ACCESSED,
    mtim: 'now',
  },
  {
    id: 'atim-now-mtim',
    words: 'sets the access time to now and gives the other',
    flags: ['atim_now', 'mtim'],
    atim: 'now',
    mtim: GIVEN_MODIFIED,
  },
];

function timesAre(
  entry: HostEntry | undefined,
  atim: Wanted,
  mtim: Wanted,
  host: { beginRealtimeNs: bigint; endRealtimeNs: bigint } | undefined,
): true | string {
  if (!entry || !host) return 'there is no such file';
  const found = [BigInt(entry.accessedNs), BigInt(entry.modifiedNs)] as const;
  for (const [index, wanted] of [atim, mtim].entries()) {
    const time = found[index] ?? 0n;
    const isRight =
      wanted === 'now'
        ? time >= host.beginRealtimeNs - SLACK_NS - SECOND_NS && time <= host.endRealtimeNs + SLACK_NS
        : time === wanted;
    if (!isRight) return `the ${index === 0 ? 'access' : 'modification'} time is ${time}, not ${wanted}`;
  }
  return true;
}

const given = FLAGS.map(
  ({ id, words, flags, atim, mtim }): ConformanceCase => ({
    ...P1,
    id: `fd_filestat_set_times/${id}`,
    title: `fd_filestat_set_times ${words}`,
    spec: p1Docs('fstflags'),
    world: WORLD,
    script(s) {
      const { value: fd } = open(s, 'file');
      s.expect(s.call('fd_filestat_set_times', fd, GIVEN_ACCESSED, GIVEN_MODIFIED, flags), ok());
      s.after('the host finds these times', [], (seen) => timesAre(onHost(seen), atim, mtim, seen.host[0]));
    },
  }),
);

const contradictions = [
  ['atim', 'atim_now'],
  ['mtim', 'mtim_now'],
  ['atim', 'atim_now', 'mtim', 'mtim_now'],
].map(
  (flags): ConformanceCase => ({
    ...P1,
    id: `fd_filestat_set_times/given-and-now-${flags.length === 4 ? 'both' : flags[0]}`,
    // Each flag says what the one time is to be: no call can do both.
    title: `fd_filestat_set_times with ${flags.join(', ')} is refused with inval and leaves both times`,
    spec: p1Docs('fstflags'),
    world: WORLD,
    script(s) {
      const { value: fd } = open(s, 'file');
      s.expect(s.call('fd_filestat_set_times', fd, GIVEN_ACCESSED, GIVEN_MODIFIED, flags), err('inval'));
      s.after('the host finds the times of before', [], (seen) =>
        timesAre(onHost(seen), ACCESSED, MODIFIED, seen.host[0]),
      );
    },
  }),
);

/** Digits of which no two thirds are alike, so that halves and roundings show. */
const PART = 234_567_891n;

const nanoseconds: ConformanceCase[] = [
  {
    ...P1,
    id: 'fd_filestat_set_times/nanoseconds-given',
    title: 'fd_filestat_set_times gives times to the nanosecond',
    spec: p1Docs('timestamp'),
    world: WORLD,
    script(s) {
      const { value: fd } = open(s, 'file');
      const [atim, mtim] = [GIVEN_ACCESSED + PART, GIVEN_MODIFIED + PART + 1n];
      s.expect(s.call('fd_filestat_set_times', fd, atim, mtim, ['atim', 'mtim']), ok());
      s.after('the host finds them', [], (seen) => timesAre(onHost(seen), atim, mtim, seen.host[0]));
    },
  },
  ...([[], ['atim'], ['mtim']] as const).map(
    (flags): ConformanceCase => ({
      ...P1,
      id: `fd_filestat_set_times/nanoseconds-kept-${flags[0] ?? 'neither'}`,
      title: `fd_filestat_set_times with ${flags[0] ?? 'no flag'} keeps what it leaves to the nanosecond`,
      spec: p1Docs('fstflags'),
      world: holding({
        kind: 'file',
        content: LETTERS,
        accessedNs: ACCESSED + PART,
        modifiedNs: MODIFIED + PART + 1n,
      }),
      script(s) {
        const { value: fd } = open(s, 'file');
        s.expect(s.call('fd_filestat_set_times', fd, GIVEN_ACCESSED, GIVEN_MODIFIED, flags), ok());
        s.after('the host finds what was', [], (seen) =>
          timesAre(
            onHost(seen),
            flags[0] === 'atim' ? GIVEN_ACCESSED : ACCESSED + PART,
            flags[0] === 'mtim' ? GIVEN_MODIFIED : MODIFIED + PART + 1n,
            seen.host[0],
          ),
        );
      },
    }),
  ),
  {
    ...P1,
    id: 'fd_filestat_set_times/nanoseconds-now',
    title:
      'fd_filestat_set_times with mtim_now gives a time of during the run, and not one rounded to seconds',
    spec: p1Docs('fstflags.mtim_now'),
    world: WORLD,
    script(s) {
      const { value: fd } = open(s, 'file');
      s.expect(s.call('fd_filestat_set_times', fd, 0n, 0n, ['mtim_now']), ok());
      s.after('the host finds such a time', [], (seen) => {
        const found = BigInt(onHost(seen)?.modifiedNs ?? 0);
        const [host] = seen.host;
        if (!host) return 'there is no run';
        return (
          (found >= host.beginRealtimeNs - SLACK_NS && found <= host.endRealtimeNs + SLACK_NS) ||
          `it is ${found}, and the run was from ${host.beginRealtimeNs} to ${host.endRealtimeNs}`
        );
      });
    },
  },
];

const others: ConformanceCase[] = [
  {
    ...P1,
    id: 'fd_filestat_set_times/zero',
    title: 'fd_filestat_set_times takes a time of 0 for the beginning of 1970',
    spec: p1Docs('timestamp'),
    world: WORLD,
    script(s) {
      const { value: fd } = open(s, 'file');
      s.expect(s.call('fd_filestat_set_times', fd, 0n, 0n, ['atim', 'mtim']), ok());
      s.after('the host finds 0', [], (seen) => timesAre(onHost(seen), 0n, 0n, seen.host[0]));
    },
  },
  {
    ...P1,
    id: 'fd_filestat_set_times/2100',
    title: 'fd_filestat_set_times takes a time beyond 2^32 seconds',
    spec: p1Docs('timestamp'),
    world: WORLD,
    script(s) {
      const { value: fd } = open(s, 'file');
      const time = 2n ** 32n * 1_000_000_000n;
      s.expect(s.call('fd_filestat_set_times', fd, time, time, ['atim', 'mtim']), ok());
      s.after('the host finds it', [], (seen) => timesAre(onHost(seen), time, time, seen.host[0]));
    },
  },
  {
    ...P1,
    id: 'fd_filestat_set_times/directory',
    title: 'fd_filestat_set_times adjusts the times of an open directory',
    spec: p1Docs('fd_filestat_set_times'),
    world: holding(LETTERS, { folder: { kind: 'directory' } }),
    script(s) {
      const { value: fd } = open(s, 'folder', {
        at: DIRECTORY,
        oflags: ['directory'],
        rights: ['fd_filestat_get', 'fd_filestat_set_times'],
      });
      s.expect(s.call('fd_filestat_set_times', fd, 0n, GIVEN_MODIFIED, ['mtim']), ok());
      s.after(
        'the host finds it',
        [],
        (seen) =>
          onHost(seen, 'folder')?.modifiedNs === String(GIVEN_MODIFIED) ||
          `it is ${onHost(seen, 'folder')?.modifiedNs}`,
      );
    },
  },
  {
    ...P1,
    id: 'fd_filestat_set_times/as-read',
    title: 'The times given by fd_filestat_set_times are those that fd_filestat_get returns',
    spec: p1Docs('fd_filestat_set_times'),
    world: WORLD,
    script(s) {
      const { value: fd } = open(s, 'file');
      s.expect(
        s.call('fd_filestat_set_times', fd, 1_500_000_000_000_000_000n, 1_600_000_000_000_000_000n, [
          'atim',
          'mtim',
        ]),
        ok(),
      );
      s.expect(
        s.call('fd_filestat_get', fd),
        ok('these times', (value) => {
          const { atim, mtim } = value as { atim: bigint; mtim: bigint };
          return atim === 1_500_000_000_000_000_000n && mtim === 1_600_000_000_000_000_000n;
        }),
      );
    },
  },
];

export const timesP1: ConformanceCase[] = [...given, ...contradictions, ...nanoseconds, ...others];
