/** Owns what preview 2's `stat-at` tells of every kind of entry, held against what the host sees. */

import { err, ok } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { FileTree } from '../../harness/contracts/world.ts';
import { LINK_AT, STAT, STAT_AT } from './functions-p2.ts';
import { FOLLOW, openAt, openDirectoryAt, P2, preopen, preopening } from './opening-p2.ts';
import { FUNCTION, TYPES } from './spec-p2.ts';
import { nsOf, type Stat, statOf } from './stat-record-p2.ts';
import { onHost } from './tree.ts';

const ENTRIES: FileTree = {
  file: {
    kind: 'file',
    content: 'twelve bytes',
    accessedNs: 1_111_111_111_111_111_111n,
    modifiedNs: 1_222_222_222_222_222_222n,
  },
  // Behind it in the order of bytes: the host reads a file's content before it looks at the next entry's times.
  'other-name': { kind: 'hardlink', to: 'file' },
  empty: '',
  sparse: { kind: 'file', sizeBytes: 5_000_000_000 },
  directory: { kind: 'directory', entries: { one: { kind: 'directory' } } },
  link: { kind: 'symlink', target: 'file' },
  'directory-link': { kind: 'symlink', target: 'directory' },
  dangling: { kind: 'symlink', target: 'absent' },
  loop: { kind: 'symlink', target: 'loop' },
  fifo: { kind: 'fifo' },
  socket: { kind: 'socket' },
};
const CASE = { ...P2, spec: FUNCTION.statAt, world: preopening(ENTRIES) };

/** Expects the type, and the fields that have one right value to be the host's. */
function asHost(s: ScriptBuilder, path: string, type: string, flags: readonly string[], end = path): void {
  const step = s.call(STAT_AT, preopen(s), flags, path);
  s.expect(
    step,
    ok(`a ${type}`, (value) => (value as unknown as Stat).type === type),
  );
  s.after(
    `size, links and the times of access and modification of ${path} are the host's`,
    [step],
    (seen) => {
      const stat = statOf(seen.values[0]);
      const host = onHost(seen, end);
      if (!stat || !host) return 'there is nothing to compare';
      // "If the `option` is none, the platform doesn't maintain" that timestamp: this host maintains all. The last change of status
      // is a case of its own.
      const differing = [
        // "For regular files, the file size in bytes. For symbolic links, the length in bytes of the pathname".
        ...(['file', 'symlink'].includes(host.kind)
          ? [['size', stat.size, BigInt(host.sizeBytes)] as const]
          : []),
        ['link-count', stat['link-count'], BigInt(host.links)] as const,
        ['access', nsOf(stat['data-access-timestamp']), BigInt(host.accessedNs)] as const,
        ['modification', nsOf(stat['data-modification-timestamp']), BigInt(host.modifiedNs)] as const,
      ].filter(([, guest, real]) => guest !== real);
      return (
        differing.length === 0 ||
        differing.map(([name, guest, real]) => `${name} is ${guest}, on the host ${real}`).join('; ')
      );
    },
  );
}

const kinds: ConformanceCase[] = (
  [
    ['file', 'file', 'regular-file', []],
    ['empty-file', 'empty', 'regular-file', []],
    ['file-of-5-gb', 'sparse', 'regular-file', []],
    ['directory', 'directory', 'directory', []],
    ['directory-itself', '.', 'directory', [], ''],
    ['link', 'link', 'symbolic-link', []],
    ['link-followed', 'link', 'regular-file', FOLLOW, 'file'],
    ['directory-link-followed', 'directory-link', 'directory', FOLLOW, 'directory'],
    ['dangling-link', 'dangling', 'symbolic-link', []],
    ['loop', 'loop', 'symbolic-link', []],
    ['fifo', 'fifo', 'fifo', []],
    ['socket', 'socket', 'socket', []],
  ] as const
).map(
  ([id, path, type, flags, end]): ConformanceCase => ({
    ...CASE,
    id: `descriptor.stat-at/${id}`,
    title: `The attributes of ${path} (${id}) are those that the host sees, its type is ${type}`,
    script: (s) => asHost(s, path, type, flags, end),
  }),
);

const SAME: readonly [string, (s: ScriptBuilder, base: Slot) => Slot][] = [
  ['file', (s, base) => openAt(s, base, 'file')],
  ['directory', (s, base) => openDirectoryAt(s, base, 'directory')],
];

const others: ConformanceCase[] = [
  ...SAME.map(
    ([path, open]): ConformanceCase => ({
      ...CASE,
      id: `descriptor.stat-at/as-stat-of-${path}`,
      title: `The attributes of a ${path} are the same by its path and by its descriptor`,
      script: (s) => {
        const base = preopen(s);
        const opened = open(s, base);
        const steps = [s.call(STAT_AT, base, [], path), s.call(STAT, opened)];
        s.expect(steps[0]!, ok());
        s.check('both are the same', steps, ({ values }) => {
          const [byPath, byDescriptor] = values.map((seen) => {
            const stat = statOf(seen);
            return stat && JSON.stringify(stat, (_, one) => (typeof one === 'bigint' ? String(one) : one));
          });
          return byPath === byDescriptor || `${byPath} by path, ${byDescriptor} by descriptor`;
        });
      },
    }),
  ),
  {
    ...CASE,
    id: 'descriptor.stat-at/status-change',
    title:
      'The time of the last change of status is when a file got another name, not when it was made or written',
    spec: TYPES.descriptorStat,
    script: (s) => {
      const base = preopen(s);
      s.expect(s.call(LINK_AT, base, [], 'empty', base, 'made'), ok());
      const step = s.call(STAT_AT, base, [], 'empty');
      s.expect(step, ok());
      s.after("it is the host's", [step], (seen) => {
        const stat = statOf(seen.values[0]);
        const time = stat && nsOf(stat['status-change-timestamp']);
        const host = onHost(seen, 'empty')?.changedNs;
        return String(time) === host || `it is ${time}, on the host ${host}`;
      });
    },
  },
  {
    ...CASE,
    id: 'descriptor.stat-at/unresolved-links',
    title: 'Following a link to nothing is no-entry, and a link to itself loop',
    spec: TYPES.pathFlags,
    script: (s) => {
      const base = preopen(s);
      s.expect(s.call(STAT_AT, base, FOLLOW, 'dangling'), err('no-entry'));
      s.expect(s.call(STAT_AT, base, FOLLOW, 'loop'), err('loop'));
      s.expect(s.call(STAT_AT, base, FOLLOW, 'absent'), err('no-entry'));
    },
  },
];

export const pathStatP2: ConformanceCase[] = [...kinds, ...others];
