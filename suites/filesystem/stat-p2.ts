/** Owns what preview 2's `descriptor.stat` says of what is open. */

import { err, type Observed, ok, oneOf, type Seen } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { HostEntry } from '../../harness/contracts/world.ts';
import { holding, LETTERS } from './content.ts';
import { asText, write } from './content-p2.ts';
import { BLOCK, GET_TYPE, STAT, STAT_AT, SUBSCRIBE_DURATION } from './functions-p2.ts';
import { firstPreopen, open, openDirectory, P2 } from './opening-p2.ts';
import { FUNCTION, TYPES } from './spec-p2.ts';
import { type Datetime, nsOf, STAMPED, type Stat, statOf } from './stat-record-p2.ts';
import { onHost } from './tree.ts';

/** What each field must be by the host's lstat. */
const FIELDS: Readonly<Record<keyof Stat, (entry: HostEntry) => bigint | string>> = {
  type: ({ kind }) => (kind === 'file' ? 'regular-file' : kind),
  'link-count': ({ links }) => BigInt(links),
  size: ({ sizeBytes }) => BigInt(sizeBytes),
  'data-access-timestamp': ({ accessedNs }) => BigInt(accessedNs),
  'data-modification-timestamp': ({ modifiedNs }) => BigInt(modifiedNs),
  'status-change-timestamp': ({ changedNs }) => BigInt(changedNs),
};
type Field = keyof Stat;

function agrees(seen: Seen, path: string, field: Field): true | string {
  const entry = onHost(seen, path);
  const stat = statOf(seen.values[0]);
  if (!entry || !stat) return 'there is no such file';
  const value = stat[field];
  const got = typeof value === 'object' ? nsOf(value) : value;
  const wanted = FIELDS[field](entry);
  return got === wanted || `it is ${got ?? 'none'}, for the host ${wanted}`;
}

const WORLD = holding(STAMPED, { other: { kind: 'hardlink', to: 'file' }, folder: { kind: 'directory' } });

const PLAIN: readonly Field[] = [
  'type',
  'link-count',
  'size',
  'data-access-timestamp',
  'data-modification-timestamp',
];
const fields = PLAIN.map(
  (field): ConformanceCase => ({
    ...P2,
    id: `descriptor.stat/${field}`,
    title: `For a file with two names, stat gives as ${field} what the host finds`,
    spec: TYPES.descriptorStat,
    world: WORLD,
    script(s) {
      const step = s.call(STAT, open(s, 'file', { flags: ['read'] }));
      s.expect(step, ok());
      s.after(`${field} is the host's`, [step], (seen) => agrees(seen, 'file', field));
    },
  }),
);

const statusChange: ConformanceCase = {
  ...P2,
  id: 'descriptor.stat/status-change-timestamp',
  title: 'After a change of its status, stat of a file gives the time of that change, as the host finds it',
  spec: TYPES.descriptorStat,
  world: WORLD,
  script(s) {
    const file = open(s);
    // The file was made just before: a change must have a time of its own.
    s.expect(s.call(BLOCK, s.call(SUBSCRIBE_DURATION, 30_000_000n).value), ok());
    write(s, file, 'A', 0n);
    const step = s.call(STAT, file);
    s.expect(step, ok());
    s.after("the time is the host's", [step], (seen) => agrees(seen, 'file', 'status-change-timestamp'));
  },
};

const DIRECTORIES: readonly { id: string; path: string; open(s: ScriptBuilder): Slot }[] = [
  { id: 'preopen', path: '', open: firstPreopen },
  { id: 'directory', path: 'folder', open: (s) => openDirectory(s) },
];
const directories = DIRECTORIES.map(
  ({ id, path, open: of }): ConformanceCase => ({
    ...P2,
    id: `descriptor.stat/${id}`,
    title: `Stat of a ${id === 'preopen' ? 'preopened directory' : 'directory'} gives the host's type, link count and modification time`,
    spec: FUNCTION.stat,
    world: WORLD,
    script(s) {
      const step = s.call(STAT, of(s));
      s.expect(step, ok());
      for (const field of ['type', 'link-count', 'data-modification-timestamp'] as const)
        s.after(`${field} is the host's`, [step], (seen) => agrees(seen, path, field));
    },
  }),
);

const NOT_EXPRESSIBLE =
  'seconds have no sign in a datetime, so that a time before 1970 is none that the type can hold: such a field may be none, or the call refused with "Value too large to be stored in data type"';

const others: ConformanceCase[] = [
  {
    ...P2,
    id: 'descriptor.stat/before-1970',
    title:
      'Stat of a file that was last changed before 1970 gives no time for that, or is refused with overflow',
    spec: TYPES.descriptorStat,
    world: holding({ kind: 'file', content: LETTERS, accessedNs: 0n, modifiedNs: -86_400_000_000_000n }),
    script: (s) =>
      s.expect(
        s.call(STAT, open(s)),
        oneOf(
          NOT_EXPRESSIBLE,
          ok(
            'no modification time',
            (value) => (value as unknown as Stat)['data-modification-timestamp'] === null,
          ),
          err('overflow'),
        ),
      ),
  },
  {
    ...P2,
    id: 'descriptor.stat/write-only',
    title: 'Stat needs no flag: it works on a file that was opened for writing only',
    spec: FUNCTION.stat,
    world: holding(),
    script: (s) => s.expect(s.call(STAT, open(s, 'file', { flags: ['write'] })), ok()),
  },
  {
    ...P2,
    id: 'descriptor.stat/as-stat-at',
    title: 'Stat of what is open and stat-at of its path give the same, and get-type the same type',
    spec: FUNCTION.getType,
    world: WORLD,
    script(s) {
      const from = firstPreopen(s);
      const file = open(s, 'file', { from, flags: ['read'] });
      const steps = [s.call(STAT, file), s.call(STAT_AT, from, [], 'file'), s.call(GET_TYPE, file)];
      for (const step of steps) s.expect(step, ok());
      s.check('they are the same', steps, ({ values: [one, two, type] }) => {
        const text = (seen: Observed | undefined) => asText(statOf(seen));
        if (text(one) !== text(two)) return `${text(one)} and ${text(two)}`;
        return (type?.kind === 'ok' && type.value === statOf(one)?.type) || 'the type is another one';
      });
    },
  },
  {
    ...P2,
    id: 'descriptor.stat/nanoseconds',
    title: 'The nanoseconds of each time that stat returns are below 1,000,000,000',
    spec: FUNCTION.stat,
    world: holding({ kind: 'file', content: '', accessedNs: 999_999_999n, modifiedNs: 1_999_999_999n }),
    script: (s) =>
      s.expect(
        s.call(STAT, open(s)),
        ok('0 s and 999,999,999 ns, 1 s and 999,999,999 ns', (value) => {
          const { 'data-access-timestamp': atime, 'data-modification-timestamp': mtime } =
            value as unknown as Stat;
          const isIt = (time: Datetime | null, seconds: bigint) =>
            time?.seconds === seconds && time.nanoseconds === 999_999_999;
          return isIt(atime, 0n) && isIt(mtime, 1n);
        }),
      ),
  },
];

export const statP2: ConformanceCase[] = [...fields, statusChange, ...directories, ...others];
