/** Owns what `fd_readdir` lists: names, types, serial numbers, each entry once, in directories of every size. */

import { err, ok, oneOf } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Step, type WasiValue } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { FileTree } from '../../harness/contracts/world.ts';
import { cookieBehind, direntsIn, named, openedAgain, shownBytes } from './listing-p1.ts';
import { DIRECTORY, open } from './opening-p1.ts';
import { p1Docs } from './spec.ts';
import { leaves } from './tree.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1', spec: p1Docs('fd_readdir') } as const;
const world = (entries: FileTree) => ({ preopens: [{ guest: '/', entries }] });

export interface Listing {
  call: Step;
  shown: Step;
}

/** Reads into a fresh buffer of that size and shows it all. */
function list(s: ScriptBuilder, fd: WasiValue, size: number, cookie: WasiValue = 0n): Listing {
  const buffer = s.alloc(size);
  const call = s.call('fd_readdir', fd, buffer, size, cookie);
  s.expect(call, ok());
  return { call, shown: s.show(buffer, size) };
}

const usedOf = (seen: { kind: string; value?: unknown } | undefined) =>
  seen?.kind === 'ok' ? Number(seen.value) : 0;

/** The names in several buffers, one after the other, are those of the directory, each once. */
function namesAre(s: ScriptBuilder, listings: readonly Listing[], expected: readonly string[]): void {
  const steps = listings.flatMap(({ call, shown }) => [call, shown]);
  s.check(
    `the entries are ${expected.length > 8 ? `all ${expected.length}` : expected.join(', ') || 'none'}, each once`,
    steps,
    ({ values }) => {
      const entries = listings.flatMap((_, index) =>
        direntsIn(shownBytes(values[index * 2 + 1]), usedOf(values[index * 2])),
      );
      const dots = entries.length - named(entries).length;
      if (dots > 2) return `there are ${dots} dots`;
      const found = named(entries).map(({ name }) => name);
      const missing = expected.filter((name) => !found.includes(name));
      const extra = found.filter((name, index) => !expected.includes(name) || found.indexOf(name) !== index);
      if (missing.length + extra.length === 0) return true;
      return `missing: ${missing.slice(0, 5).join(', ') || 'none'}; extra: ${extra.slice(0, 5).join(', ') || 'none'}`;
    },
  );
}

const files = (count: number): FileTree =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${String(index).padStart(7, '0')}`, '']));

const counts = [0, 1, 1000].map(
  (count): ConformanceCase => ({
    ...P1,
    id: `fd_readdir/entries-${count}`,
    title: `A directory of ${count} entries is listed in one call`,
    world: world(files(count)),
    script: (s) => {
      const listing = list(s, openedAgain(s), 49_152);
      namesAre(s, [listing], Object.keys(files(count)));
      s.expect(
        listing.call,
        ok('less than the buffer', (used) => (used as number) < 49_152),
      );
    },
  }),
);

const KINDS: FileTree = {
  file: 'content',
  directory: { kind: 'directory' },
  link: { kind: 'symlink', target: 'file' },
  'directory-link': { kind: 'symlink', target: 'directory' },
  dangling: { kind: 'symlink', target: 'absent' },
  again: { kind: 'hardlink', to: 'file' },
};
const TYPES: Readonly<Record<string, readonly string[]>> = {
  file: ['regular_file'],
  again: ['regular_file'],
  directory: ['directory'],
  link: ['symbolic_link'],
  'directory-link': ['symbolic_link'],
  dangling: ['symbolic_link'],
};

const others: ConformanceCase[] = [
  {
    ...P1,
    id: 'fd_readdir/preopen',
    title: 'A preopened directory is listed like one that was opened',
    world: world({ one: '', two: '' }),
    script: (s) => namesAre(s, [list(s, DIRECTORY, 512)], ['one', 'two']),
  },
  {
    ...P1,
    id: 'fd_readdir/types',
    title: 'Each entry has its type, links their own and not that of what they lead to',
    spec: p1Docs('dirent.d_type'),
    world: world(KINDS),
    script: (s) => {
      const { call, shown } = list(s, openedAgain(s), 4096);
      namesAre(s, [{ call, shown }], Object.keys(KINDS));
      s.check('the types are right', [call, shown], ({ values: [used, bytes] }) => {
        const wrong = named(direntsIn(shownBytes(bytes), usedOf(used))).filter(
          ({ name, type }) => !TYPES[name]?.includes(type),
        );
        return wrong.length === 0 || wrong.map(({ name, type }) => `${name} is ${type}`).join(', ');
      });
    },
  },
  {
    ...P1,
    id: 'fd_readdir/types-beyond-files',
    title: 'A FIFO has no type that is known, and a socket is one or of none that is known',
    spec: p1Docs('filetype'),
    world: world({ fifo: { kind: 'fifo' }, socket: { kind: 'socket' } }),
    script: (s) => {
      const { call, shown } = list(s, openedAgain(s), 512);
      namesAre(s, [{ call, shown }], ['fifo', 'socket']);
      s.check('neither is taken for something else', [call, shown], ({ values: [used, bytes] }) => {
        const entries = named(direntsIn(shownBytes(bytes), usedOf(used)));
        const wrong = entries.filter(
          ({ name, type }) => type !== 'unknown' && !(name === 'socket' && type.startsWith('socket_')),
        );
        return wrong.length === 0 || wrong.map(({ name, type }) => `${name} is ${type}`).join(', ');
      });
    },
  },
  {
    ...P1,
    id: 'fd_readdir/serial-numbers',
    title: 'Each entry has the serial number that path_filestat_get gives',
    spec: p1Docs('dirent.d_ino'),
    world: world(KINDS),
    script: (s) => {
      const { call, shown } = list(s, openedAgain(s), 4096);
      const names = Object.keys(KINDS);
      const stats = names.map((name) => s.call('path_filestat_get', DIRECTORY, [], name));
      for (const stat of stats) s.expect(stat, ok());
      s.check(
        'the serial numbers are the same',
        [call, shown, ...stats],
        ({ values: [used, bytes, ...seen] }) => {
          const entries = direntsIn(shownBytes(bytes), usedOf(used));
          const wrong = names.flatMap((name, index) => {
            const one = seen[index];
            const real = one?.kind === 'ok' ? (one.value as { ino: bigint }).ino : undefined;
            const ino = entries.find((entry) => entry.name === name)?.ino;
            return ino === real ? [] : [`${name} has ${ino}, not ${real}`];
          });
          return wrong.length === 0 || wrong.join(', ');
        },
      );
    },
  },
  {
    ...P1,
    id: 'fd_readdir/chunks',
    title:
      'A directory of 1000 entries is listed through a small buffer, each entry once, going on at the last cookie',
    world: world(files(1000)),
    script: (s) => {
      const directory = openedAgain(s);
      const cookie = s.alloc(8);
      const listings = Array.from({ length: 12 }, () => {
        const buffer = s.alloc(4096);
        const call = s.call('fd_readdir', directory, buffer, 4096, at`u64[${cookie}]`);
        s.expect(call, ok());
        cookieBehind(s, cookie, buffer, call.value, 128);
        return { call, shown: s.show(buffer, 4096) };
      });
      namesAre(s, listings, Object.keys(files(1000)));
    },
  },
  {
    ...P1,
    id: 'fd_readdir/changed',
    title: 'Entries that stay are listed once each, whatever comes and goes while the directory is read',
    world: world(files(100)),
    script: (s) => {
      const cookie = s.alloc(8);
      const buffer = s.alloc(1024);
      const directory = openedAgain(s);
      const call = s.call('fd_readdir', directory, buffer, 1024, 0n);
      s.expect(call, ok());
      cookieBehind(s, cookie, buffer, call.value, 45);
      const first = { call, shown: s.show(buffer, 1024) };
      s.expect(s.call('path_unlink_file', DIRECTORY, 'n0000050'), ok());
      s.expect(s.call('path_create_directory', DIRECTORY, 'came'), ok());
      const second = list(s, directory, 8192, at`u64[${cookie}]`);
      const steps = [first.call, first.shown, second.call, second.shown];
      s.check('the 99 that stay are listed once each', steps, ({ values }) => {
        const names = [0, 2].flatMap((index) =>
          direntsIn(shownBytes(values[index + 1]), usedOf(values[index])).map(({ name }) => name),
        );
        // POSIX: whether an entry that came or went is listed "is unspecified".
        const stay = Object.keys(files(100)).filter((name) => name !== 'n0000050');
        const wrong = stay.filter((name) => names.filter((one) => one === name).length !== 1);
        return wrong.length === 0 || `not once: ${wrong.slice(0, 5).join(', ')} (${wrong.length})`;
      });
    },
  },
  {
    ...P1,
    id: 'fd_readdir/again',
    title: 'Cookie 0 begins anew and sees what has changed since',
    spec: p1Docs('dircookie'),
    world: world({ gone: '', stays: '' }),
    script: (s) => {
      const directory = openedAgain(s);
      namesAre(s, [list(s, directory, 512)], ['gone', 'stays']);
      s.expect(s.call('path_unlink_file', DIRECTORY, 'gone'), ok());
      s.expect(s.call('path_symlink', 'stays', DIRECTORY, 'came'), ok());
      namesAre(s, [list(s, directory, 512)], ['stays', 'came']);
    },
  },
  {
    ...P1,
    id: 'fd_readdir/directory-below',
    title: 'A directory that was opened lists its own entries',
    world: world({
      top: '',
      directory: { kind: 'directory', entries: { one: '', two: { kind: 'directory' } } },
    }),
    script: (s) => {
      const opened = open(s, 'directory', { oflags: ['directory'], rights: ['fd_readdir'] });
      namesAre(s, [list(s, opened.value, 512)], ['one', 'two']);
      namesAre(s, [list(s, openedAgain(s), 512)], ['top', 'directory']);
    },
  },
  {
    ...P1,
    id: 'fd_readdir/removed-directory',
    title: 'A directory that was removed while open has no entries any more, or is noent',
    world: world({ directory: { kind: 'directory' } }),
    script: (s) => {
      const opened = open(s, 'directory', { oflags: ['directory'], rights: ['fd_readdir'] });
      s.expect(s.call('path_remove_directory', DIRECTORY, 'directory'), ok());
      const buffer = s.alloc(512);
      const call = s.call('fd_readdir', opened.value, buffer, 512, 0n);
      const why =
        'POSIX on rmdir: of a directory that is open, dot and dot-dot may stay listed or not, and Linux says ENOENT';
      s.expect(
        call,
        oneOf(
          why,
          ok('at most the dots', (used) => (used as number) <= 51),
          err('noent'),
        ),
      );
    },
  },
  {
    ...P1,
    id: 'fd_readdir/bad-descriptor',
    title: 'A descriptor that is not open is badf',
    spec: p1Docs('errno.badf'),
    world: world({}),
    script: (s) => {
      const buffer = s.alloc(64);
      for (const fd of [99_999, 2 ** 31 - 1]) s.expect(s.call('fd_readdir', fd, buffer, 64, 0n), err('badf'));
    },
  },
  {
    ...P1,
    id: 'fd_readdir/file',
    title: 'A file has no entries: notdir, or notcapable as its descriptor cannot have the right',
    spec: p1Docs('errno.notdir'),
    world: world({ file: 'content' }),
    script: (s) => {
      const why =
        'a file is no directory (`notdir`; POSIX fdopendir: "ENOTDIR The descriptor fd is not associated with a directory"), and has no right fd_readdir (`notcapable`): the text does not say which is looked at first';
      const refused = oneOf(why, err('notdir'), err('notcapable'));
      s.expect(s.call('fd_readdir', open(s, 'file').value, s.alloc(64), 64, 0n), refused);
      leaves(s, ['file = content']);
    },
  },
  {
    ...P1,
    id: 'fd_readdir/right',
    title: 'A directory without the right fd_readdir is not listed: notcapable',
    spec: p1Docs('rights.fd_readdir'),
    world: world({ file: '' }),
    script: (s) => {
      const opened = open(s, '.', { oflags: ['directory'], rights: ['path_open', 'fd_filestat_get'] });
      s.expect(s.call('fd_readdir', opened.value, s.alloc(64), 64, 0n), err('notcapable'));
    },
  },
];

export const readdirP1: ConformanceCase[] = [...counts, ...others];
