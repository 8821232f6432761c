/** Owns folders that were granted for reading only: nothing in them changes, by whichever function and from wherever. */

import { ok } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Slot, type Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { FileTree, World } from '../../harness/contracts/world.ts';
import { OUTSIDE, refused, unharmed } from './outside.ts';
import { FIRST, preview1 } from './preview1.ts';
import { P1_CAPABILITIES } from './spec.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1', spec: P1_CAPABILITIES, needs: ['read-only'] } as const;
const AGO = 1_000_000_000_000_000_000n;
const OLD = { modifiedNs: AGO, accessedNs: AGO };
const SECOND = FIRST + 1;

const ENTRIES: FileTree = {
  empty: { kind: 'directory', ...OLD },
  file: { kind: 'file', content: 'to be read only', ...OLD },
  folder: { kind: 'directory', entries: { inner: { kind: 'file', content: 'inner', ...OLD } }, ...OLD },
  pointer: { kind: 'symlink', target: 'file' },
  secret: { kind: 'file', content: 'also read only', ...OLD },
};
const LINES = [
  `directory empty  ${AGO}`,
  `file file to be read only ${AGO}`,
  `directory folder  ${AGO}`,
  `file folder/inner inner ${AGO}`,
  'symlink pointer file',
  `file secret also read only ${AGO}`,
];

const WORLD: World = {
  preopens: [
    { guest: '/read', entries: ENTRIES, readOnly: true },
    { guest: '/write', entries: { mine: 'mine', folder: { kind: 'directory' } } },
  ],
  outside: OUTSIDE,
};

/** The folder as the host sees it: every entry with its content, time and number of names. */
function unchanged(s: ScriptBuilder): void {
  s.after('the read-only folder is as it was', [], ({ after }) => {
    const found = after[0]?.preopens[0]?.slice(1).map(({ kind, path, head, target, modifiedNs, links }) => {
      const content = kind === 'symlink' ? target : `${Buffer.from(head ?? '', 'base64')} ${modifiedNs}`;
      return `${kind} ${path} ${content}${kind === 'file' && links > 1 ? ` ${links} names` : ''}`;
    });
    if (!found) return 'nothing was looked at';
    const [missing, extra] = [
      LINES.filter((line) => !found.includes(line)),
      found.filter((line) => !LINES.includes(line)),
    ];
    return missing.length + extra.length === 0 || `was: ${missing.join('; ')}; is: ${extra.join('; ')}`;
  });
  unharmed(s);
}

/** Every function that takes a path and changes something. */
const byPath = preview1.calls
  .filter(({ reads }) => !reads)
  .map(
    (one): ConformanceCase => ({
      ...P1,
      id: `${one.id}/read-only`,
      title: `${one.id.replace(/\.(old|new)$/, ' by its $1 path')} changes nothing in a folder for reading only`,
      world: WORLD,
      script: (s) => {
        s.expect(one.call(s, FIRST, one.victim), refused);
        if (one.follow) s.expect(one.follow(s, FIRST, 'pointer'), refused);
        unchanged(s);
      },
    }),
  );

const WRITE = [
  'fd_read',
  'fd_write',
  'fd_seek',
  'fd_allocate',
  'fd_filestat_set_size',
  'fd_filestat_set_times',
];

/** The descriptor that was opened, or a number that is none. */
const opened = (s: ScriptBuilder, step: Step) =>
  s.let(at`u32[${step.area}] + (${step.result} != 0) * 4294967295`);

/** All that a descriptor can do to its file; `fd` may be none at all. */
function writeBy(s: ScriptBuilder, fd: Slot): void {
  const vector = s.alloc(8, 4);
  const block = s.alloc(8);
  s.put(block, 'overwrit');
  s.store('u32', vector, block);
  s.store('u32', at`${vector} + 4`, 8);
  s.expect(s.raw('fd_write', [fd, vector, 1, s.alloc(4)]), refused);
  s.expect(s.raw('fd_pwrite', [fd, vector, 1, 0n, s.alloc(4)]), refused);
  s.expect(s.call('fd_allocate', fd, 0n, 4096n), refused);
  s.expect(s.call('fd_filestat_set_size', fd, 1n), refused);
  s.expect(s.call('fd_filestat_set_times', fd, 1n, 2n, ['atim', 'mtim']), refused);
}

const others: ConformanceCase[] = [
  {
    ...P1,
    id: 'fd_write/read-only',
    title:
      'A file in a folder for reading only is not written, cut, grown or touched by a descriptor, whatever rights it is asked for',
    world: WORLD,
    script: (s) => {
      // Opening for writing may be refused, or give a descriptor that does not write; there is none then, and that is refused, too.
      writeBy(s, opened(s, s.call('path_open', FIRST, [], 'file', [], WRITE, [], [])));
      unchanged(s);
    },
  },
  {
    ...P1,
    id: 'fd_filestat_set_times/read-only',
    title: 'A file that was opened for reading, in a folder for reading only, is not touched',
    world: WORLD,
    script: (s) => {
      const rights = ['fd_read', 'fd_filestat_set_times'];
      const fd = opened(s, s.call('path_open', FIRST, [], 'file', [], rights, [], []));
      s.expect(s.call('fd_filestat_set_times', fd, 1n, 2n, ['atim', 'mtim']), refused);
      unchanged(s);
    },
  },
  {
    ...P1,
    id: 'path_open/read-only-folder',
    title: 'A folder opened in one for reading only is for reading only, too',
    world: WORLD,
    script: (s) => {
      const folder = preview1.openDirectory(s, FIRST, 'folder');
      s.expect(s.call('path_create_directory', folder, 'made'), refused);
      s.expect(s.call('path_unlink_file', folder, 'inner'), refused);
      s.expect(s.call('path_symlink', 'inner', folder, 'made'), refused);
      s.expect(s.call('path_rename', folder, 'inner', folder, 'made'), refused);
      s.expect(s.call('path_open', folder, [], 'made', ['creat'], WRITE, [], []), refused);
      s.expect(s.call('path_open', folder, [], 'inner', ['trunc'], WRITE, [], []), refused);
      unchanged(s);
    },
  },
  {
    ...P1,
    id: 'path_link/read-only-alias',
    title:
      'A file of a folder for reading only gets no second name in one that can be written, by which it could be changed',
    world: WORLD,
    script: (s) => {
      s.expect(s.call('path_link', FIRST, [], 'file', SECOND, 'alias'), refused);
      s.call('path_open', SECOND, [], 'alias', ['trunc'], WRITE, [], []);
      unchanged(s);
    },
  },
  {
    ...P1,
    id: 'path_rename/read-only-out',
    title: 'Nothing is moved out of a folder for reading only, nor into it',
    world: WORLD,
    script: (s) => {
      s.expect(s.call('path_rename', FIRST, 'file', SECOND, 'taken'), refused);
      s.expect(s.call('path_rename', FIRST, 'folder', SECOND, 'taken'), refused);
      s.expect(s.call('path_rename', SECOND, 'mine', FIRST, 'given'), refused);
      s.expect(s.call('path_rename', SECOND, 'mine', FIRST, 'file'), refused);
      s.expect(s.call('path_rename', SECOND, 'folder', FIRST, 'empty'), refused);
      s.expect(s.call('path_link', SECOND, [], 'mine', FIRST, 'given'), refused);
      unchanged(s);
    },
  },
  {
    ...P1,
    id: 'fd_read/read-only',
    title:
      'What was granted for reading can be read, and its neighbour that was granted whole can be written',
    world: WORLD,
    script: (s) => {
      s.expect(s.call('path_open', FIRST, [], 'file', [], ['fd_read', 'fd_filestat_get'], [], []), ok());
      s.expect(s.call('path_filestat_get', FIRST, [], 'folder/inner'), ok());
      s.expect(s.call('path_open', SECOND, [], 'mine', ['trunc'], WRITE, [], []), ok());
      s.expect(s.call('path_create_directory', SECOND, 'made'), ok());
      unchanged(s);
    },
  },
];

export const readOnlyP1: ConformanceCase[] = [...byPath, ...others];
