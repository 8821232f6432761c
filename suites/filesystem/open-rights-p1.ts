/** Owns which rights a descriptor has that `path_open` returns, and which may be asked for. */

import { type Expectation, err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, WasiValue } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { DIRECTORY_RIGHTS } from './directory-rights-p1.ts';
import { DIRECTORY, FILE_RIGHTS, open } from './opening-p1.ts';
import { p1Docs } from './spec.ts';
import { leaves } from './tree.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1' } as const;
const WORLD = {
  preopens: [{ guest: '/', entries: { file: 'content', directory: { kind: 'directory' } } }],
} as const;
const LINES = ['directory/', 'file = content'];

interface Fdstat {
  fs_rights_base: readonly string[];
  fs_rights_inheriting: readonly string[];
}

/** Of the rights in `among`, which are all that apply to what was opened, the descriptor has just these. */
function hasRights(
  s: ScriptBuilder,
  fd: WasiValue,
  among: readonly string[],
  rights: readonly string[],
): void {
  const has = (value: WasiValue) => {
    const { fs_rights_base: base } = value as unknown as Fdstat;
    return among.every((right) => base.includes(right) === rights.includes(right));
  };
  s.expect(s.call('fd_fdstat_get', fd), ok(`the rights ${rights.join(', ') || 'none'}`, has));
}

const inherits = (rights: readonly string[]): Expectation =>
  ok(`to inherit ${rights.join(', ') || 'nothing'}`, (value) => {
    const { fs_rights_inheriting: inheriting } = value as unknown as Fdstat;
    return inheriting.toSorted().join() === rights.toSorted().join();
  });

/** Rights that any file can have, in sets that differ. */
const SETS: readonly { id: string; rights: readonly string[] }[] = [
  { id: 'none', rights: [] },
  { id: 'read', rights: ['fd_read'] },
  { id: 'write', rights: ['fd_write'] },
  { id: 'seek-and-stat', rights: ['fd_seek', 'fd_tell', 'fd_filestat_get'] },
  { id: 'all', rights: FILE_RIGHTS },
];

const narrowing = SETS.map(
  ({ id, rights }): ConformanceCase => ({
    ...P1,
    id: `path_open/rights-${id}`,
    title: `A file has the rights it was opened with and no others (${id})`,
    spec: p1Docs('path_open.fs_rights_base'),
    world: WORLD,
    script: (s) => {
      const file = open(s, 'file', { rights });
      hasRights(s, file.value, FILE_RIGHTS, rights);
    },
  }),
);

const READ = ['fd_read', 'fd_seek', 'fd_tell'] as const;

const others: ConformanceCase[] = [
  {
    ...P1,
    id: 'path_open/rights-of-directory',
    title: 'A directory has the rights it was opened with and no others',
    spec: p1Docs('path_open.fs_rights_base'),
    world: WORLD,
    script: (s) => {
      const rights = ['fd_readdir', 'path_open', 'path_unlink_file'];
      const opened = open(s, 'directory', { oflags: ['directory'], rights });
      hasRights(s, opened.value, DIRECTORY_RIGHTS, rights);
    },
  },
  {
    ...P1,
    id: 'path_open/rights-inheriting',
    title: 'A directory passes on the rights it was opened with for that, and no others',
    spec: p1Docs('fdstat.fs_rights_inheriting'),
    world: WORLD,
    script: (s) => {
      const rights = ['path_open', 'fd_readdir'];
      for (const inheriting of [[], ['fd_read'], READ]) {
        const opened = open(s, 'directory', { oflags: ['directory'], rights, inheriting });
        s.expect(s.call('fd_fdstat_get', opened.value), inherits(inheriting));
      }
    },
  },
  {
    ...P1,
    id: 'path_open/more-than-inherited',
    title:
      'Rights that the directory does not pass on are refused with notcapable, base and inheriting alike',
    spec: p1Docs('fdstat.fs_rights_inheriting'),
    world: WORLD,
    script: (s) => {
      const directory = open(s, '.', { oflags: ['directory'], rights: ['path_open'], inheriting: READ });
      open(s, 'file', { at: directory, rights: READ });
      const ask = (base: readonly string[], inheriting: readonly string[]) =>
        s.call('path_open', directory.value, [], 'file', [], base, inheriting, []);
      s.expect(ask(['fd_read', 'fd_write'], []), err('notcapable'));
      s.expect(ask(['fd_read'], ['fd_write']), err('notcapable'));
      s.expect(ask(['fd_read'], []), ok());
      leaves(s, LINES);
    },
  },
  {
    ...P1,
    id: 'path_open/more-than-left-by-set-rights',
    title:
      'Once a directory passes on less by fd_fdstat_set_rights, path_open refuses the rest with notcapable',
    spec: p1Docs('fd_fdstat_set_rights'),
    world: WORLD,
    script: (s) => {
      s.expect(s.call('fd_fdstat_set_rights', DIRECTORY, ['path_open'], READ), ok());
      s.expect(s.call('path_open', DIRECTORY, [], 'file', [], ['fd_write'], [], []), err('notcapable'));
      s.expect(s.call('path_open', DIRECTORY, [], 'file', [], ['fd_read'], [], []), ok());
      s.expect(s.call('fd_fdstat_set_rights', DIRECTORY, [], READ), ok());
      s.expect(s.call('path_open', DIRECTORY, [], 'file', [], ['fd_read'], [], []), err('notcapable'));
    },
  },
  ...(
    [
      ['creat', 'path_create_file', 'new'],
      ['trunc', 'path_filestat_set_size', 'file'],
    ] as const
  ).map(
    ([flag, right, path]): ConformanceCase => ({
      ...P1,
      id: `path_open/${flag}-without-right`,
      title: `Opening with ${flag} returns notcapable for a directory without the right ${right}`,
      spec: p1Docs(`rights.${right}`),
      world: WORLD,
      script: (s) => {
        const rights = DIRECTORY_RIGHTS.filter((one) => one !== right);
        const at = open(s, '.', { oflags: ['directory'], rights, inheriting: FILE_RIGHTS }).value;
        const tried = s.call('path_open', at, [], path, [flag], ['fd_read', 'fd_write'], [], []);
        s.expect(tried, err('notcapable'));
        leaves(s, LINES);
      },
    }),
  ),
  {
    ...P1,
    id: 'path_open/directory-for-writing',
    title: 'A directory cannot be written: asking for it is isdir, or gives a descriptor without that right',
    spec: p1Docs('path_open.fs_rights_base'),
    world: WORLD,
    script: (s) => {
      const either = oneOf(
        'POSIX: "EISDIR The named file is a directory and oflag includes O_WRONLY or O_RDWR"; the parameter\'s text: "allowed to return a file descriptor with fewer rights than specified, if and only if those rights do not apply to the type of file being opened"',
        err('isdir'),
        ok(),
      );
      s.expect(s.call('path_open', DIRECTORY, [], 'directory', [], ['fd_read', 'fd_write'], [], []), either);
      leaves(s, LINES);
    },
  },
];

export const openRightsP1: ConformanceCase[] = [...narrowing, ...others];
