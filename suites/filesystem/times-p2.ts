/** Owns which times preview 2's `descriptor.set-times` gives to what is open. */

import { err, ok, oneOf, type Seen } from '../../harness/contracts/expect.ts';
import type { WasiValue } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { holding, LETTERS } from './content.ts';
import { SET_TIMES, STAT } from './functions-p2.ts';
import { firstPreopen, open, openDirectory, P2 } from './opening-p2.ts';
import { FUNCTION, TYPES } from './spec-p2.ts';
import { statOf } from './stat-record-p2.ts';
import { onHost } from './tree.ts';

/** What the file has before, to the nanosecond, so that one that is kept can be seen to be. */
const ACCESSED = 1_111_111_111_234_567_891n;
const MODIFIED = 1_222_222_222_345_678_912n;

const WORLD = holding(
  { kind: 'file', content: LETTERS, accessedNs: ACCESSED, modifiedNs: MODIFIED },
  { folder: { kind: 'directory', accessedNs: ACCESSED, modifiedNs: MODIFIED } },
);
const P2_TIMES = { ...P2, spec: FUNCTION.setTimes, world: WORLD } as const;

/** The host's clock may be coarser than the one by which a file is stamped. */
const SLACK_NS = 20_000_000n;
/** Whether parts of seconds are kept is the business of cases of their own. */
const SECOND_NS = 1_000_000_000n;

type Wanted = bigint | 'now';

const KEEP = { tag: 'no-change' } as const;
const NOW = { tag: 'now' } as const;
const time = (ns: bigint): { tag: string; value: WasiValue } => ({
  tag: 'timestamp',
  value: { seconds: ns / SECOND_NS, nanoseconds: Number(ns % SECOND_NS) },
});

function timesAre(seen: Seen, atim: Wanted, mtim: Wanted, path = 'file'): true | string {
  const entry = onHost(seen, path);
  const [host] = seen.host;
  if (!entry || !host) return 'there is no such file';
  for (const [name, found, wanted] of [
    ['access', BigInt(entry.accessedNs), atim],
    ['modification', BigInt(entry.modifiedNs), mtim],
  ] as const) {
    const isRight =
      wanted === 'now'
        ? found >= host.beginRealtimeNs - SLACK_NS - SECOND_NS && found <= host.endRealtimeNs + SLACK_NS
        : found === wanted;
    if (!isRight)
      return `the ${name} time is ${found}, not ${wanted === 'now' ? `within ${host.beginRealtimeNs} to ${host.endRealtimeNs}` : wanted}`;
  }
  return true;
}

/** Whole seconds: whether their parts are taken is the business of cases of their own. */
const GIVEN_ACCESSED = 1_333_333_333_000_000_000n;
const GIVEN_MODIFIED = 1_444_444_444_000_000_000n;

interface Choice {
  id: string;
  words: string;
  atime: [WasiValue, Wanted];
  mtime: [WasiValue, Wanted];
}

const CHOICES: readonly {
  id: string;
  words: string;
  of(which: 'access' | 'modification'): [WasiValue, Wanted];
}[] = [
  { id: 'kept', words: 'kept', of: (which) => [KEEP, which === 'access' ? ACCESSED : MODIFIED] },
  { id: 'now', words: 'set to now', of: () => [NOW, 'now'] },
  {
    id: 'given',
    words: 'given',
    of(which) {
      const given = which === 'access' ? GIVEN_ACCESSED : GIVEN_MODIFIED;
      return [time(given), given];
    },
  },
];

const PAIRS: readonly Choice[] = CHOICES.flatMap((one) =>
  CHOICES.map((two) => ({
    id: `${one.id}-${two.id}`,
    words: `the access time is ${one.words}, the modification time ${two.words}`,
    atime: one.of('access'),
    mtime: two.of('modification'),
  })),
);

const pairs = PAIRS.map(
  ({ id, words, atime, mtime }): ConformanceCase => ({
    ...P2_TIMES,
    id: `descriptor.set-times/${id}`,
    title: `By set-times ${words}`,
    spec: TYPES.newTimestamp,
    script(s) {
      s.expect(s.call(SET_TIMES, open(s), atime[0], mtime[0]), ok());
      s.after('the host finds these times', [], (seen) => timesAre(seen, atime[1], mtime[1]));
    },
  }),
);

const EXACT: readonly { id: string; words: string; atim: bigint; mtim: bigint }[] = [
  {
    id: 'nanoseconds',
    words: 'parts of seconds',
    atim: 1_333_333_333_234_567_891n,
    mtim: 1_444_444_444_345_678_912n,
  },
  { id: 'zero', words: 'the begin of 1970', atim: 0n, mtim: 0n },
  { id: 'first-nanosecond', words: 'the first nanosecond of 1970', atim: 1n, mtim: 999_999_999n },
  {
    id: '2-to-32-seconds',
    words: 'more than 2^32 seconds',
    atim: 2n ** 32n * SECOND_NS,
    mtim: (2n ** 32n + 1n) * SECOND_NS,
  },
];

const exact = EXACT.map(
  ({ id, words, atim, mtim }): ConformanceCase => ({
    ...P2_TIMES,
    id: `descriptor.set-times/${id}`,
    title: `Set-times gives ${words} as they are, and stat returns them`,
    script(s) {
      const file = open(s);
      s.expect(s.call(SET_TIMES, file, time(atim), time(mtim)), ok());
      const stat = s.call(STAT, file);
      s.expect(stat, ok());
      s.after('the host finds them, and stat does', [stat], (seen) => {
        const host = timesAre(seen, atim, mtim);
        const modified = statOf(seen.values[0])?.['data-modification-timestamp'];
        const found = modified && modified.seconds * SECOND_NS + BigInt(modified.nanoseconds);
        return host === true ? found === mtim || `stat gives ${found} for ${mtim}` : host;
      });
    },
  }),
);

const NO_SUCH_TIME =
  'futimens of POSIX, to which the text likens the function, has EINVAL for "a value whose tv_sec component is not a value supported by the file system"; and EOVERFLOW is "Value too large to be stored in data type"';
/** Why nanoseconds of a second and more are invalid, or time like any other. */
export const CARRY =
  'futimens of POSIX, to which the text likens the function, has EINVAL for a tv_nsec "greater than or equal to 1000 million"; a datetime is "a time and date in seconds plus nanoseconds", which any number of nanoseconds makes some';

const odd: ConformanceCase[] = [
  ...(
    [
      ['2-to-63-seconds', 2n ** 63n],
      ['2-to-64-less-1-seconds', 2n ** 64n - 1n],
    ] as const
  ).map(
    ([id, seconds]): ConformanceCase => ({
      ...P2_TIMES,
      id: `descriptor.set-times/${id}`,
      title: `A time of ${seconds} seconds, which no file can have, is refused and changes nothing`,
      script(s) {
        const far = { tag: 'timestamp', value: { seconds, nanoseconds: 0 } };
        s.expect(s.call(SET_TIMES, open(s), KEEP, far), oneOf(NO_SUCH_TIME, err('invalid'), err('overflow')));
        s.after('the host finds the times of before', [], (seen) => timesAre(seen, ACCESSED, MODIFIED));
      },
    }),
  ),
  // Beside the limit the two numbers by which Linux' utimensat means "now" and "no change", and the largest.
  ...[1_000_000_000, 2 ** 30 - 1, 2 ** 30 - 2, 2 ** 32 - 1].map(
    (nanoseconds): ConformanceCase => ({
      ...P2_TIMES,
      id: `descriptor.set-times/nanoseconds-${nanoseconds}`,
      title: `A time with ${nanoseconds} nanoseconds is refused, or taken for the instant that it is`,
      script(s) {
        const seconds = 1_333_333_333n;
        const step = s.call(SET_TIMES, open(s), KEEP, { tag: 'timestamp', value: { seconds, nanoseconds } });
        s.expect(step, oneOf(CARRY, err('invalid'), ok()));
        s.after('the host finds the instant or what was', [step], (seen) => {
          const set = seconds * SECOND_NS + BigInt(nanoseconds);
          return timesAre(seen, ACCESSED, seen.values[0]?.kind === 'ok' ? set : MODIFIED);
        });
      },
    }),
  ),
];

const others: ConformanceCase[] = [
  {
    ...P2_TIMES,
    id: 'descriptor.set-times/now-exactly',
    title: 'The time now is one of during the run, and not one rounded to seconds',
    spec: TYPES.newTimestamp,
    script(s) {
      s.expect(s.call(SET_TIMES, open(s), KEEP, NOW), ok());
      s.after('the host finds such a time', [], (seen) => {
        const found = BigInt(onHost(seen)?.modifiedNs ?? 0);
        const [host] = seen.host;
        if (!host) return 'there is no run';
        // The begin of a second may be within the run by chance: what is rounded is seen by its zeros.
        if (found % SECOND_NS === 0n) return `it is ${found}`;
        return (
          (found >= host.beginRealtimeNs - SLACK_NS && found <= host.endRealtimeNs + SLACK_NS) ||
          `it is ${found}, and the run was from ${host.beginRealtimeNs} to ${host.endRealtimeNs}`
        );
      });
    },
  },
  {
    ...P2_TIMES,
    id: 'descriptor.set-times/read-only',
    title: 'The owner of a file sets its times by a descriptor that was opened for reading only',
    script(s) {
      s.expect(s.call(SET_TIMES, open(s, 'file', { flags: ['read'] }), KEEP, time(GIVEN_MODIFIED)), ok());
      s.after('the host finds it', [], (seen) => timesAre(seen, ACCESSED, GIVEN_MODIFIED));
    },
  },
  {
    ...P2_TIMES,
    id: 'descriptor.set-times/write-only',
    title: 'Times are set by a descriptor that was opened for writing only',
    script(s) {
      const file = open(s, 'file', { flags: ['write'] });
      s.expect(s.call(SET_TIMES, file, time(GIVEN_ACCESSED), time(GIVEN_MODIFIED)), ok());
      s.after('the host finds them', [], (seen) => timesAre(seen, GIVEN_ACCESSED, GIVEN_MODIFIED));
    },
  },
  {
    ...P2_TIMES,
    id: 'descriptor.set-times/preopen',
    title: 'The times of a preopened directory are adjusted',
    script(s) {
      s.expect(s.call(SET_TIMES, firstPreopen(s), KEEP, time(GIVEN_MODIFIED)), ok());
      s.after('the host finds it', [], (seen) => {
        const found = onHost(seen, '')?.modifiedNs;
        return found === String(GIVEN_MODIFIED) || `it is ${found}`;
      });
    },
  },
  {
    ...P2_TIMES,
    id: 'descriptor.set-times/directory',
    title: 'The times of a directory that was opened with mutate-directory are adjusted',
    script(s) {
      const flags = ['read', 'mutate-directory'];
      const folder = open(s, 'folder', { flags, openFlags: ['directory'] });
      s.expect(s.call(SET_TIMES, folder, KEEP, time(GIVEN_MODIFIED)), ok());
      s.after('the host finds it', [], (seen) => {
        const found = onHost(seen, 'folder')?.modifiedNs;
        return found === String(GIVEN_MODIFIED) || `it is ${found}`;
      });
    },
  },
  {
    ...P2_TIMES,
    id: 'descriptor.set-times/directory-read-only',
    title:
      'Setting the times of a directory that was opened without mutate-directory is refused with read-only',
    // "operations using the descriptor which would … modify the data or metadata of filesystem objects … shall fail".
    spec: TYPES.mutateDirectory,
    script(s) {
      s.expect(s.call(SET_TIMES, openDirectory(s), KEEP, time(GIVEN_MODIFIED)), err('read-only'));
      s.after('the host finds the time of before', [], (seen) => {
        const found = onHost(seen, 'folder')?.modifiedNs;
        return found === String(MODIFIED) || `it is ${found}`;
      });
    },
  },
];

export const timesP2: ConformanceCase[] = [...pairs, ...exact, ...odd, ...others];
