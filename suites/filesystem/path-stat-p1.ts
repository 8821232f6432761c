/** Owns what `path_filestat_get` tells of every kind of entry, held against what the host sees. */

import { err, type Observed, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { FileTree } from '../../harness/contracts/world.ts';
import { DIRECTORY } from './opening-p1.ts';
import { p1Docs } from './spec.ts';
import { onHost } from './tree.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1', spec: p1Docs('path_filestat_get') } as const;
const FOLLOW = ['symlink_follow'];
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
const WORLD = { preopens: [{ guest: '/', entries: ENTRIES }] };

export interface Filestat {
  dev: bigint;
  ino: bigint;
  filetype: string;
  nlink: bigint;
  size: bigint;
  atim: bigint;
  mtim: bigint;
  ctim: bigint;
}

const statOf = (seen: Observed | undefined) =>
  seen?.kind === 'ok' ? (seen.value as unknown as Filestat) : undefined;

const get = (s: ScriptBuilder, path: string, lookup: readonly string[] = []) =>
  s.call('path_filestat_get', DIRECTORY, lookup, path);

/** Expects the filetype, and the fields that have one right value to be the host's. */
function asHost(
  s: ScriptBuilder,
  path: string,
  filetype: string,
  lookup: readonly string[],
  end = path,
): void {
  const step = get(s, path, lookup);
  s.expect(
    step,
    ok(`a ${filetype}`, (value) => (value as unknown as Filestat).filetype === filetype),
  );
  s.after(`size, links and times of ${path} are the host's`, [step], (seen) => {
    const stat = statOf(seen.values[0]);
    const host = onHost(seen, end);
    if (!stat || !host) return 'there is nothing to compare';
    const differing = [
      // "For regular files, the file size in bytes. For symbolic links, the length in bytes of the pathname".
      ...(['file', 'symlink'].includes(host.kind)
        ? [['size', stat.size, BigInt(host.sizeBytes)] as const]
        : []),
      ['nlink', stat.nlink, BigInt(host.links)] as const,
      ['atim', stat.atim, BigInt(host.accessedNs)] as const,
      ['mtim', stat.mtim, BigInt(host.modifiedNs)] as const,
      ['ctim', stat.ctim, BigInt(host.changedNs)] as const,
    ].filter(([, guest, real]) => guest !== real);
    return (
      differing.length === 0 ||
      differing.map(([name, guest, real]) => `${name} is ${guest}, on the host ${real}`).join('; ')
    );
  });
}

const kinds: ConformanceCase[] = (
  [
    ['file', 'file', 'regular_file', []],
    ['empty-file', 'empty', 'regular_file', []],
    ['file-of-5-gb', 'sparse', 'regular_file', []],
    ['directory', 'directory', 'directory', []],
    ['directory-itself', '.', 'directory', [], ''],
    ['link', 'link', 'symbolic_link', []],
    ['link-followed', 'link', 'regular_file', FOLLOW, 'file'],
    ['directory-link-followed', 'directory-link', 'directory', FOLLOW, 'directory'],
    ['dangling-link', 'dangling', 'symbolic_link', []],
    ['loop', 'loop', 'symbolic_link', []],
    ['fifo', 'fifo', 'unknown', []],
  ] as const
).map(
  ([id, path, filetype, lookup, end]): ConformanceCase => ({
    ...P1,
    id: `path_filestat_get/${id}`,
    title: `The attributes of ${path} (${id}) are those that the host sees`,
    world: WORLD,
    script: (s) => asHost(s, path, filetype, lookup, end),
  }),
);

const others: ConformanceCase[] = [
  {
    ...P1,
    id: 'path_filestat_get/socket',
    title: 'A socket in the file system is a socket, or of no type that is known',
    spec: p1Docs('filetype'),
    world: WORLD,
    script: (s) => {
      const why =
        'the host does not tell what kind of socket a name stands for; "unknown: The type of the file descriptor or file is unknown or is different from any of the other types"';
      const types = ['socket_stream', 'socket_dgram', 'unknown'].map((type) =>
        ok(type, (value) => (value as unknown as Filestat).filetype === type),
      );
      s.expect(get(s, 'socket'), oneOf(why, ...types));
    },
  },
  {
    ...P1,
    id: 'path_filestat_get/serial-numbers',
    title: 'Two names of one file have one serial number and device, other entries have others',
    spec: p1Docs('filestat.ino'),
    world: WORLD,
    script: (s) => {
      const steps = ['file', 'other-name', 'empty', 'directory', 'link'].map((path) => get(s, path));
      for (const step of [...steps, get(s, 'link', FOLLOW)]) s.expect(step, ok());
      s.check('the numbers tell which entries are the same', steps, ({ values }) => {
        const stats = values.map(statOf);
        if (new Set(stats.map((stat) => stat?.dev)).size !== 1) return 'the devices differ';
        const [file, again, ...rest] = stats.map((stat) => stat?.ino);
        if (file !== again) return `one file has the numbers ${file} and ${again}`;
        return new Set([file, ...rest]).size === 4 || `numbers: ${[file, ...rest].join(' ')}`;
      });
    },
  },
  {
    ...P1,
    id: 'path_filestat_get/unresolved-links',
    title: 'Following a link to nothing is noent, and a link to itself loop',
    world: WORLD,
    script: (s) => {
      s.expect(get(s, 'dangling', FOLLOW), err('noent'));
      s.expect(get(s, 'loop', FOLLOW), err('loop'));
      s.expect(get(s, 'absent', FOLLOW), err('noent'));
    },
  },
];

export const pathStatP1: ConformanceCase[] = [...kinds, ...others];
