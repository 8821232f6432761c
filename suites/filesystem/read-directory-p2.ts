/** Owns what preview 2's directory entry streams list: names and types, each entry once, in directories of every size. */

import { err, ok, oneOf } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Slot, type Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { FileTree } from '../../harness/contracts/world.ts';
import { entriesIn, entryOf, listAll, namesAre, nextEntries } from './entries-p2.ts';
import {
  CREATE_DIRECTORY_AT,
  READ_DIRECTORY,
  READ_DIRECTORY_ENTRY,
  REMOVE_DIRECTORY_AT,
  RENAME_AT,
  SYMLINK_AT,
  UNLINK_FILE_AT,
} from './functions-p2.ts';
import { openDirectoryAt, P2, preopen, preopening } from './opening-p2.ts';
import { FUNCTION, TYPES } from './spec-p2.ts';

/** Of `error-code`'s cases, and what no result begins with. */
const NO_ENTRY = 20;
const UNTOUCHED = 255;
/** Of the path of what is in the directory that is emptied. */
const PREFIX = 'directory/';
const CASE = { ...P2, spec: FUNCTION.readDirectory };

/** Files by names of one length. */
const files = (count: number): FileTree =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${String(index).padStart(7, '0')}`, '']));

/** A stream on the preopened directory opened by its name in itself: a runtime may list what it opened, and not what it was given. */
export function streamOf(s: ScriptBuilder, directory: Slot): Slot {
  const step = s.call(READ_DIRECTORY, directory);
  s.expect(step, ok());
  return s.let(step.value);
}
export const openedAgain = (s: ScriptBuilder): Slot => openDirectoryAt(s, preopen(s), '.');

const counts = [0, 1, 1000].map(
  (count): ConformanceCase => ({
    ...CASE,
    id: `descriptor.read-directory/entries-${count}`,
    title: `A directory of ${count} entries is listed, each of them once and no dots, and then the stream ends`,
    world: preopening(files(count)),
    script: (s) => {
      const steps = listAll(s, streamOf(s, openedAgain(s)), count);
      s.check(`${count} entries, each once, then none`, steps, ({ values }) => {
        const { entries, ended } = entriesIn(values);
        if (!ended) return 'the stream did not end';
        const names = entries.map(({ name }) => name);
        const missing = Object.keys(files(count)).filter((name) => !names.includes(name));
        const twice = names.filter((name, index) => names.indexOf(name) !== index);
        if (names.length === count && missing.length === 0) return true;
        return `${names.length} entries, missing: ${missing.slice(0, 5)}, more than once: ${twice.slice(0, 5)}`;
      });
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
const TYPE_OF: Readonly<Record<string, string>> = {
  file: 'regular-file',
  again: 'regular-file',
  directory: 'directory',
  link: 'symbolic-link',
  'directory-link': 'symbolic-link',
  dangling: 'symbolic-link',
  fifo: 'fifo',
  socket: 'socket',
};

function typesAre(s: ScriptBuilder, tree: FileTree): void {
  const steps = nextEntries(s, streamOf(s, openedAgain(s)), Object.keys(tree).length + 1);
  namesAre(s, steps, Object.keys(tree));
  s.check('the types are right', steps, ({ values }) => {
    const wrong = values.map(entryOf).filter((entry) => entry && TYPE_OF[entry.name] !== entry.type);
    return wrong.length === 0 || wrong.map((entry) => `${entry?.name} is ${entry?.type}`).join(', ');
  });
}

const others: ConformanceCase[] = [
  {
    ...CASE,
    id: 'descriptor.read-directory/preopen',
    title: 'A preopened directory is listed like one that was opened',
    world: preopening({ one: '', two: '' }),
    script: (s) => namesAre(s, nextEntries(s, streamOf(s, preopen(s)), 3), ['one', 'two']),
  },
  {
    ...CASE,
    id: 'directory-entry-stream.read-directory-entry/types',
    title: 'Each entry has its type, links their own and not that of what they lead to',
    spec: TYPES.directoryEntry,
    world: preopening(KINDS),
    script: (s) => typesAre(s, KINDS),
  },
  {
    ...CASE,
    id: 'directory-entry-stream.read-directory-entry/types-beyond-files',
    title: 'A FIFO is listed as a fifo and a socket as a socket',
    spec: TYPES.descriptorType,
    world: preopening({ fifo: { kind: 'fifo' }, socket: { kind: 'socket' } }),
    script: (s) => typesAre(s, { fifo: { kind: 'fifo' }, socket: { kind: 'socket' } }),
  },
  {
    ...CASE,
    id: 'directory-entry-stream.read-directory-entry/after-the-end',
    title: 'A stream that has ended has no entry when it is read again, unless one came since',
    spec: FUNCTION.readDirectoryEntry,
    world: preopening({ one: '' }),
    script: (s) => {
      const base = preopen(s);
      const stream = streamOf(s, openDirectoryAt(s, base, '.'));
      namesAre(s, nextEntries(s, stream, 2), ['one']);
      const none = ok('none', (value) => value === null);
      s.expect(s.call(READ_DIRECTORY_ENTRY, stream), none);
      s.expect(s.call(CREATE_DIRECTORY_AT, base, 'came'), ok());
      const came = ok('what came', (value) => (value as { name?: string } | null)?.name === 'came');
      const why =
        'POSIX on readdir: where an entry was added while the directory is read, "whether a subsequent call to readdir() returns an entry for that file is unspecified"';
      s.expect(s.call(READ_DIRECTORY_ENTRY, stream), oneOf(why, none, came));
    },
  },
  {
    ...CASE,
    id: 'descriptor.read-directory/anew',
    title: 'Every stream starts at the beginning of the directory and sees what has changed since the last',
    world: preopening({ gone: '', stays: '' }),
    script: (s) => {
      const base = preopen(s);
      const directory = openDirectoryAt(s, base, '.');
      namesAre(s, nextEntries(s, streamOf(s, directory), 3), ['gone', 'stays']);
      s.expect(s.call(UNLINK_FILE_AT, base, 'gone'), ok());
      s.expect(s.call(SYMLINK_AT, base, 'stays', 'came'), ok());
      namesAre(s, nextEntries(s, streamOf(s, directory), 3), ['stays', 'came']);
    },
  },
  {
    ...CASE,
    id: 'descriptor.read-directory/streams-apart',
    title: 'Two streams on one directory, read in turns, each list every entry once',
    world: preopening({ one: '', two: '', three: '' }),
    script: (s) => {
      const directory = openedAgain(s);
      const streams = [streamOf(s, directory), streamOf(s, directory)];
      const lists: Step[][] = [[], []];
      for (let turn = 0; turn < 4; turn++)
        streams.forEach((stream, index) => {
          lists[index]!.push(...nextEntries(s, stream, 1));
        });
      for (const list of lists) namesAre(s, list, ['one', 'two', 'three']);
    },
  },
  {
    ...CASE,
    id: 'descriptor.read-directory/directory-below',
    title: 'A directory that was opened below lists its own entries',
    world: preopening({
      top: '',
      directory: { kind: 'directory', entries: { one: '', two: { kind: 'directory' } } },
    }),
    script: (s) => {
      const base = preopen(s);
      const below = streamOf(s, openDirectoryAt(s, base, 'directory'));
      namesAre(s, nextEntries(s, below, 3), ['one', 'two']);
      namesAre(s, nextEntries(s, streamOf(s, openDirectoryAt(s, base, '.')), 3), ['top', 'directory']);
    },
  },
  {
    ...CASE,
    id: 'descriptor.read-directory/renamed',
    title: 'A directory that was renamed while open lists its entries, not those of its name',
    world: preopening({
      directory: { kind: 'directory', entries: { inner: '' } },
      other: { kind: 'directory', entries: { decoy: '' } },
    }),
    script: (s) => {
      const base = preopen(s);
      const opened = openDirectoryAt(s, base, 'directory');
      for (const [from, to] of [
        ['directory', 'moved'],
        ['other', 'directory'],
      ])
        s.expect(s.call(RENAME_AT, base, from!, base, to!), ok());
      namesAre(s, nextEntries(s, streamOf(s, opened), 2), ['inner']);
    },
  },
  {
    ...CASE,
    id: 'descriptor.read-directory/removed-directory',
    title: 'A directory that was removed while open has no entries any more, or is no-entry',
    world: preopening({ directory: { kind: 'directory' } }),
    script: (s) => {
      const base = preopen(s);
      const opened = openDirectoryAt(s, base, 'directory');
      s.expect(s.call(REMOVE_DIRECTORY_AT, base, 'directory'), ok());
      const why =
        'POSIX on rmdir leaves the entries of a directory that is open and removed to the system; Linux says ENOENT at the first';
      const stream = s.call(READ_DIRECTORY, opened);
      s.expect(stream, oneOf(why, ok(), err('no-entry')));
      // Where there is a stream, its first entry: none, or the same error.
      const entry = s.alloc(20, 4);
      s.store('u8', entry, UNTOUCHED);
      s.loop(at`u8[${stream.area}] == 0`, () => {
        s.raw(READ_DIRECTORY_ENTRY, [stream.value, entry]);
      });
      s.check('the stream has no entry', [stream, s.show(entry, 5)], ({ values: [made, shown] }) => {
        if (made?.kind === 'err') return true;
        const bytes = shown?.kind === 'ok' ? (shown.value as Uint8Array) : new Uint8Array();
        const [failed, code] = [bytes[0], bytes[4]];
        if (failed === 1) return code === NO_ENTRY || `it fails with error ${code}`;
        return (failed === 0 && code === 0) || 'it has one, or was not read';
      });
    },
  },
  {
    ...CASE,
    id: 'directory-entry-stream.read-directory-entry/changed',
    title: 'Entries that stay are listed once each, whatever comes and goes while the directory is read',
    spec: FUNCTION.readDirectoryEntry,
    world: preopening(files(100)),
    script: (s) => {
      const base = preopen(s);
      const stream = streamOf(s, openDirectoryAt(s, base, '.'));
      const before = nextEntries(s, stream, 3);
      s.expect(s.call(UNLINK_FILE_AT, base, 'n0000050'), ok());
      s.expect(s.call(CREATE_DIRECTORY_AT, base, 'came'), ok());
      const rest = listAll(s, stream, 101);
      s.check('the 99 that stay are listed once each', [...before, ...rest], ({ values }) => {
        const first = values.slice(0, 3).map(entryOf);
        const names = [...first, ...entriesIn(values.slice(3)).entries].map((entry) => entry?.name);
        // POSIX: whether an entry that came or went is listed "is unspecified".
        const stay = Object.keys(files(100)).filter((name) => name !== 'n0000050');
        const wrong = stay.filter((name) => names.filter((one) => one === name).length !== 1);
        return wrong.length === 0 || `not once: ${wrong.slice(0, 5).join(', ')} (${wrong.length})`;
      });
    },
  },
  {
    ...CASE,
    id: 'directory-entry-stream.read-directory-entry/emptied',
    title: 'A directory of 200 entries can be emptied entry by entry while it is read, and then removed',
    spec: FUNCTION.readDirectoryEntry,
    world: preopening({ directory: { kind: 'directory', entries: files(200) } }),
    script: (s) => {
      const base = preopen(s);
      const directory = openDirectoryAt(s, base, 'directory');
      const stream = streamOf(s, directory);
      const [path, entry, result] = [s.alloc(PREFIX.length + 8, 1), s.alloc(20, 4), s.alloc(2, 1)];
      s.put(path, PREFIX);
      // By its path from the top, as the directory was not opened to be changed through. Names are of 8 bytes.
      s.loop(200, () => {
        s.raw(READ_DIRECTORY_ENTRY, [stream, entry]);
        s.store('u64', at`${path} + ${PREFIX.length}`, at`u64[u32[${entry} + 12]]`);
        s.raw(UNLINK_FILE_AT, [base, path, PREFIX.length + 8, result]);
      });
      s.expect(
        s.call(READ_DIRECTORY_ENTRY, stream),
        ok('none', (value) => value === null),
      );
      s.expect(s.call(REMOVE_DIRECTORY_AT, base, 'directory'), ok());
    },
  },
];

export const readDirectoryP2: ConformanceCase[] = [...counts, ...others];
