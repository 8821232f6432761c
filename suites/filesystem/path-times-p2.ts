/** Owns what preview 2's `set-times-at` does for every combination of new timestamps, to files, directories and links. */

import { err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, Step, WasiValue } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { FileTree } from '../../harness/contracts/world.ts';
import { SET_TIMES_AT } from './functions-p2.ts';
import { FOLLOW, P2, preopen, preopening } from './opening-p2.ts';
import { FUNCTION, TYPES } from './spec-p2.ts';
import { CARRY } from './times-p2.ts';
import { expectTimes, onHost } from './tree.ts';

const SET = 'descriptor.set-times-at';
const OLD_ACCESS = 1_000_000_000_000_000_000n;
const OLD_CHANGE = 2_000_000_000_000_000_000n;
const ACCESS = 1_234_567_890_000_000_000n;
const CHANGE = 987_654_321_000_000_000n;
const OLD = { accessedNs: OLD_ACCESS, modifiedNs: OLD_CHANGE } as const;
const ENTRIES: FileTree = {
  file: { kind: 'file', content: 'content', ...OLD },
  directory: { kind: 'directory', ...OLD },
  link: { kind: 'symlink', target: 'file' },
  'directory-link': { kind: 'symlink', target: 'directory' },
  dangling: { kind: 'symlink', target: 'absent' },
};
const CASE = { ...P2, spec: FUNCTION.setTimesAt, world: preopening(ENTRIES) };

const NS_PER_SECOND = 1_000_000_000n;
const timestamp = (seconds: bigint, nanoseconds: number): WasiValue => ({
  tag: 'timestamp',
  value: { seconds, nanoseconds },
});
const given = (ns: bigint) => timestamp(ns / NS_PER_SECOND, Number(ns % NS_PER_SECOND));

type Change = 'no-change' | 'timestamp' | 'now';
const CHANGES: readonly Change[] = ['no-change', 'timestamp', 'now'];
const asked = (change: Change, ns: bigint): WasiValue =>
  change === 'timestamp' ? given(ns) : { tag: change };
const resultOf = (change: Change, old: bigint, ns: bigint) =>
  change === 'now' ? 'now' : change === 'no-change' ? old : ns;

const combinations = CHANGES.flatMap((access) =>
  CHANGES.map(
    (change): ConformanceCase => ({
      ...CASE,
      id: `${SET}/access-${access}-modification-${change}`,
      title: `The time of access can be set by ${access} and that of modification by ${change}`,
      spec: TYPES.newTimestamp,
      script: (s) => {
        const times = [asked(access, ACCESS), asked(change, CHANGE)] as const;
        s.expect(s.call(SET_TIMES_AT, preopen(s), [], 'file', ...times), ok());
        expectTimes(s, 'file', resultOf(access, OLD_ACCESS, ACCESS), resultOf(change, OLD_CHANGE, CHANGE));
      },
    }),
  ),
);

const set = (
  s: ScriptBuilder,
  base: Slot,
  path: string,
  access: bigint,
  change: bigint,
  flags: readonly string[] = [],
): Step => s.call(SET_TIMES_AT, base, flags, path, given(access), given(change));

const FIVE = 5_000_000_000n;
const SEVEN = 7_000_000_000n;
const FINE_ACCESS = 1_234_567_890_123_456_789n;
const FINE_CHANGE = 987_654_321_987_654_321n;

/** Times that a file can have. */
const INSTANTS = (
  [
    ['nanoseconds', 'Times are set to the nanosecond', FINE_ACCESS, FINE_CHANGE],
    ['last-nanosecond', 'The last nanosecond of a second is set as it is', 999_999_999n, 1_999_999_999n],
    ['zero', 'The first second of all is a time like any other', 0n, 0n],
    [
      '2100',
      'A time after the year 2038, where signed seconds of 32 bits end, is set as it is',
      4_102_444_800_000_000_000n,
      4_294_967_296_000_000_001n,
    ],
  ] as const
).map(
  ([id, title, access, change]): ConformanceCase => ({
    ...CASE,
    id: `${SET}/${id}`,
    title,
    script: (s) => {
      s.expect(set(s, preopen(s), 'file', access, change), ok());
      expectTimes(s, 'file', access, change);
    },
  }),
);

/** One time is set, the other has nanoseconds to lose. */
const kept = (['access', 'modification'] as const).map(
  (which): ConformanceCase => ({
    ...CASE,
    id: `${SET}/nanoseconds-kept-${which}`,
    title: `A time of ${which} that is not to change keeps its nanoseconds`,
    spec: TYPES.newTimestamp,
    world: preopening({
      file: { kind: 'file', content: 'content', accessedNs: FINE_ACCESS, modifiedNs: FINE_CHANGE },
    }),
    script: (s) => {
      const keep = { tag: 'no-change' };
      const times = which === 'access' ? [keep, given(SEVEN)] : [given(SEVEN), keep];
      s.expect(s.call(SET_TIMES_AT, preopen(s), [], 'file', ...times), ok());
      if (which === 'access') expectTimes(s, 'file', FINE_ACCESS, SEVEN);
      else expectTimes(s, 'file', SEVEN, FINE_CHANGE);
    },
  }),
);

const kinds: ConformanceCase[] = [
  {
    ...CASE,
    id: `${SET}/directory`,
    title: 'The times of a directory can be set, those of the preopened directory itself as well',
    script: (s) => {
      const base = preopen(s);
      s.expect(set(s, base, 'directory', FIVE, SEVEN), ok());
      s.expect(set(s, base, '.', FIVE, SEVEN), ok());
      expectTimes(s, 'directory', FIVE, SEVEN);
      expectTimes(s, '', FIVE, SEVEN);
    },
  },
  {
    ...CASE,
    id: `${SET}/link-followed`,
    title: 'Following a link, the times of what it leads to are set',
    spec: TYPES.pathFlags,
    script: (s) => {
      const base = preopen(s);
      s.expect(set(s, base, 'link', FIVE, SEVEN, FOLLOW), ok());
      s.expect(set(s, base, 'directory-link', SEVEN, FIVE, FOLLOW), ok());
      expectTimes(s, 'file', FIVE, SEVEN);
      expectTimes(s, 'directory', SEVEN, FIVE);
    },
  },
  {
    ...CASE,
    id: `${SET}/link-with-slash`,
    title:
      'A slash behind a link leads through it, also without following: the times of the directory are set',
    script: (s) => {
      s.expect(set(s, preopen(s), 'directory-link/', FIVE, SEVEN), ok());
      expectTimes(s, 'directory', FIVE, SEVEN);
    },
  },
  {
    ...CASE,
    id: `${SET}/link-itself`,
    title: 'Without following, the times of the link itself are set and those of the file stay',
    spec: TYPES.pathFlags,
    script: (s) => {
      const base = preopen(s);
      // First, since following a link may count as access to it.
      s.expect(set(s, base, 'dangling', FIVE, SEVEN, FOLLOW), err('no-entry'));
      s.expect(set(s, base, 'link', FIVE, SEVEN), ok());
      s.expect(set(s, base, 'dangling', FIVE, SEVEN), ok());
      expectTimes(s, 'file', OLD_ACCESS, OLD_CHANGE);
      expectTimes(s, 'link', FIVE, SEVEN);
      expectTimes(s, 'dangling', FIVE, SEVEN);
    },
  },
  {
    ...CASE,
    id: `${SET}/socket`,
    title: 'The times of a socket in the file system can be set, following links or not',
    world: preopening({ socket: { kind: 'socket' }, link: { kind: 'symlink', target: 'socket' } }),
    script: (s) => {
      const base = preopen(s);
      s.expect(set(s, base, 'socket', FIVE, SEVEN), ok());
      expectTimes(s, 'socket', SEVEN, FIVE);
      s.expect(set(s, base, 'link', SEVEN, FIVE, FOLLOW), ok());
    },
  },
  {
    ...CASE,
    id: `${SET}/one-of-a-link`,
    title: 'Following a link, one time is set and the other kept as it is in what the link leads to',
    spec: TYPES.newTimestamp,
    script: (s) => {
      const base = preopen(s);
      s.expect(s.call(SET_TIMES_AT, base, FOLLOW, 'link', { tag: 'no-change' }, given(SEVEN)), ok());
      expectTimes(s, 'file', OLD_ACCESS, SEVEN);
    },
  },
];

const FINE_NOW: ConformanceCase = {
  ...CASE,
  id: `${SET}/now-to-the-tick`,
  title: 'Now is a time within the run, and not only within its second',
  spec: TYPES.newTimestamp,
  script: (s) => {
    s.expect(s.call(SET_TIMES_AT, preopen(s), [], 'file', { tag: 'now' }, { tag: 'now' }), ok());
    s.after('both times are within the run, which began and ended on the same host', [], (seen) => {
      const [host, span] = [onHost(seen, 'file'), seen.host[0]];
      if (!host || !span) return 'there is no file';
      const times = [BigInt(host.accessedNs), BigInt(host.modifiedNs)];
      // The file system's own clock may lag by a tick of the kernel's timer.
      const isNow = (ns: bigint) =>
        ns >= span.beginRealtimeNs - NS_PER_SECOND / 50n && ns <= span.endRealtimeNs + NS_PER_SECOND / 50n;
      return times.every(isNow) || `they are ${times.join(' and ')}`;
    });
  },
};

/** Nanoseconds of a second are below 1,000,000,000; two numbers beyond are what Linux takes for "now" and "keep". */
const NO_NANOSECONDS = [1_000_000_000, 0x3fff_fffe, 0x3fff_ffff, 0xffff_ffff];

const OVERFLOW = oneOf(
  'POSIX: "EINVAL … a value not supported by the file system", and "EOVERFLOW" of a time that the system can not hold',
  err('invalid'),
  err('overflow'),
);

const refused: ConformanceCase[] = [
  {
    ...CASE,
    id: `${SET}/nanoseconds-beyond`,
    title: 'Nanoseconds that no second has are refused, or taken for the instant that they are',
    spec: TYPES.newTimestamp,
    script: (s) => {
      const base = preopen(s);
      type Time = readonly [seconds: bigint, nanoseconds: number];
      const right: Time = [7n, 0];
      const pairs = NO_NANOSECONDS.flatMap((nanoseconds): (readonly [Time, Time])[] => [
        [[5n, nanoseconds], right],
        [right, [5n, nanoseconds]],
      ]);
      const steps = pairs.map(([access, change]) => {
        const step = s.call(SET_TIMES_AT, base, [], 'file', timestamp(...access), timestamp(...change));
        s.expect(step, oneOf(CARRY, err('invalid'), ok()));
        return step;
      });
      s.after('the host sees the second of the last instants that were taken, if any', steps, (seen) => {
        const last = pairs.findLast((_, index) => seen.values[index]?.kind === 'ok');
        // Whether parts of seconds are kept is the business of cases of their own.
        const wanted = last
          ? last.map(([seconds, nanoseconds]) => seconds + BigInt(nanoseconds) / NS_PER_SECOND)
          : [OLD_ACCESS / NS_PER_SECOND, OLD_CHANGE / NS_PER_SECOND];
        const host = onHost(seen, 'file');
        if (!host) return 'there is no file';
        const found = [host.accessedNs, host.modifiedNs].map((ns) => BigInt(ns) / NS_PER_SECOND);
        return (
          found.join() === wanted.join() || `they are ${found.join(' and ')}, not ${wanted.join(' and ')}`
        );
      });
    },
  },
  ...(
    [
      ['seconds-beyond', 'Seconds that no clock of the host counts', 2n ** 64n - 1n, 999_999_999],
      ['seconds-signed', 'Seconds that are negative as a signed number', 2n ** 63n, 0],
      [
        'seconds-carry',
        'Nanoseconds that would carry over the largest second',
        2n ** 64n - 1n,
        1_000_000_000,
      ],
    ] as const
  ).map(
    ([id, words, seconds, nanoseconds]): ConformanceCase => ({
      ...CASE,
      id: `${SET}/${id}`,
      title: `${words} are refused with invalid or overflow, and no time changes`,
      spec: TYPES.newTimestamp,
      script: (s) => {
        const late = timestamp(seconds, nanoseconds);
        s.expect(s.call(SET_TIMES_AT, preopen(s), [], 'file', late, given(SEVEN)), OVERFLOW);
        expectTimes(s, 'file', OLD_ACCESS, OLD_CHANGE);
      },
    }),
  ),
  {
    ...CASE,
    id: `${SET}/absent`,
    title: 'What does not exist gets no time and is not made, and a file with a slash behind is no directory',
    script: (s) => {
      const base = preopen(s);
      s.expect(set(s, base, 'absent', FIVE, SEVEN), err('no-entry'));
      s.expect(set(s, base, 'file/', FIVE, SEVEN), err('not-directory'));
      expectTimes(s, 'file', OLD_ACCESS, OLD_CHANGE);
    },
  },
];

export const pathTimesP2: ConformanceCase[] = [
  ...combinations,
  ...INSTANTS,
  ...kept,
  FINE_NOW,
  ...kinds,
  ...refused,
];
