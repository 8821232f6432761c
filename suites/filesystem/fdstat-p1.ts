/** Owns what preview 1's `fd_fdstat_get` says, and what `fd_fdstat_set_flags` and `fd_fdstat_set_rights` change. */

import { type Expectation, err, ok, oneOf, trap } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { expectFile, holding, LETTERS } from './content.ts';
import { expectRead, P1, returns, write } from './content-p1.ts';
import { DIRECTORY, FILE_RIGHTS, open } from './opening-p1.ts';
import { p1Docs } from './spec.ts';

export interface Fdstat {
  fs_filetype: string;
  fs_flags: string[];
  fs_rights_base: string[];
  fs_rights_inheriting: string[];
}

const same = (found: readonly string[], wanted: readonly string[]) =>
  found.length === wanted.length && wanted.every((one) => found.includes(one));

/** Expects attributes of a descriptor, those that are given. */
export function attributes(wanted: Partial<Fdstat>): Expectation {
  return ok(JSON.stringify(wanted), (value) => {
    const found = value as unknown as Fdstat;
    return (
      (wanted.fs_filetype === undefined || found.fs_filetype === wanted.fs_filetype) &&
      (['fs_flags', 'fs_rights_base', 'fs_rights_inheriting'] as const).every(
        (key) => wanted[key] === undefined || same(found[key], wanted[key]),
      )
    );
  });
}

const expectFdstat = (s: ScriptBuilder, fd: Slot | number, wanted: Partial<Fdstat>) =>
  s.expect(s.call('fd_fdstat_get', fd), attributes(wanted));

const gets: ConformanceCase[] = [
  {
    ...P1,
    id: 'fd_fdstat_get/file',
    title: 'fd_fdstat_get of a file opened without flags gives its type and no flags',
    spec: p1Docs('fdstat.fs_filetype'),
    world: holding(),
    script: (s) => expectFdstat(s, open(s, 'file').value, { fs_filetype: 'regular_file', fs_flags: [] }),
  },
  {
    ...P1,
    id: 'fd_fdstat_get/directory',
    title: 'fd_fdstat_get of a preopened directory gives its type and no flags',
    spec: p1Docs('fdstat.fs_filetype'),
    world: holding(),
    script: (s) => expectFdstat(s, DIRECTORY, { fs_filetype: 'directory', fs_flags: [] }),
  },
  {
    ...P1,
    id: 'fd_fdstat_get/rights',
    title: 'fd_fdstat_get gives the rights with which a file was opened',
    spec: p1Docs('fdstat.fs_rights_base'),
    world: holding(),
    script: (s) => expectFdstat(s, open(s, 'file').value, { fs_rights_base: [...FILE_RIGHTS] }),
  },
  {
    ...P1,
    id: 'fd_fdstat_get/few-rights',
    title: 'fd_fdstat_get of a file opened with two rights gives these two and no others',
    spec: p1Docs('fdstat.fs_rights_base'),
    world: holding(),
    script(s) {
      const rights = ['fd_read', 'fd_filestat_get'];
      expectFdstat(s, open(s, 'file', { rights }).value, {
        fs_rights_base: rights,
        fs_rights_inheriting: [],
      });
    },
  },
  {
    ...P1,
    id: 'fd_fdstat_get/inheriting',
    title: 'fd_fdstat_get of a directory gives the inheriting rights with which it was opened',
    spec: p1Docs('fdstat.fs_rights_inheriting'),
    world: holding(LETTERS, { folder: { kind: 'directory' } }),
    script(s) {
      const rights = ['path_open', 'fd_readdir'];
      const inheriting = ['fd_read', 'fd_seek'];
      const { value } = open(s, 'folder', { oflags: ['directory'], rights, inheriting });
      expectFdstat(s, value, { fs_rights_base: rights, fs_rights_inheriting: inheriting });
    },
  },
  {
    ...P1,
    id: 'fd_fdstat_get/append',
    title: 'fd_fdstat_get of a file opened in append mode says so',
    spec: p1Docs('fdstat.fs_flags'),
    world: holding(),
    script: (s) => expectFdstat(s, open(s, 'file', { fdflags: ['append'] }).value, { fs_flags: ['append'] }),
  },
  {
    ...P1,
    id: 'fd_fdstat_get/nonblock',
    title: 'fd_fdstat_get of a file opened in non-blocking mode says so',
    spec: p1Docs('fdstat.fs_flags'),
    world: holding(),
    script: (s) =>
      expectFdstat(s, open(s, 'file', { fdflags: ['nonblock'] }).value, { fs_flags: ['nonblock'] }),
  },
];

const NO_SYNC_FLAGS =
  'the text says "the desired values of the file descriptor flags" and likens the function to `fcntl(fd, F_SETFL)`, by which POSIX systems need not change synchronized modes; `notsup` is "Not supported", `inval` "Invalid argument"';
const NO_FLAG =
  'bits beyond the five flags are an "invalid argument", or no value of the type at all, of which the text says nothing and which as an error in the ABI may trap';

const setFlags: ConformanceCase[] = [
  {
    ...P1,
    id: 'fd_fdstat_set_flags/append',
    title: 'Append mode can be set, so that a write goes to the end, and taken back, so that it does not',
    spec: p1Docs('fd_fdstat_set_flags'),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      s.expect(s.call('fd_fdstat_set_flags', fd, ['append']), ok());
      write(s, fd, 'KL');
      s.expect(s.call('fd_fdstat_set_flags', fd, []), ok());
      s.expect(s.call('fd_seek', fd, 1n, 'set'), returns(1));
      write(s, fd, 'MN');
      expectFile(s, 'aMNdefghijKL');
    },
  },
  {
    ...P1,
    id: 'fd_fdstat_set_flags/given-back',
    title: 'What fd_fdstat_set_flags sets replaces what was, and fd_fdstat_get gives it back',
    spec: p1Docs('fd_fdstat_set_flags'),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file', { fdflags: ['append'] });
      for (const flags of [['nonblock'], ['append', 'nonblock'], ['append'], []]) {
        s.expect(s.call('fd_fdstat_set_flags', fd, flags), ok());
        expectFdstat(s, fd, { fs_flags: flags });
      }
    },
  },
  {
    ...P1,
    id: 'fd_fdstat_set_flags/nonblock',
    title: 'Non-blocking mode can be set for a file and taken back, which makes no difference to reading it',
    spec: p1Docs('fdflags.nonblock'),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      s.expect(s.call('fd_fdstat_set_flags', fd, ['nonblock']), ok());
      expectRead(s, fd, 4, 'abcd');
      s.expect(s.call('fd_fdstat_set_flags', fd, []), ok());
      expectRead(s, fd, 4, 'efgh');
    },
  },
  ...['dsync', 'rsync', 'sync'].map(
    (flag): ConformanceCase => ({
      ...P1,
      id: `fd_fdstat_set_flags/${flag}`,
      title: `fd_fdstat_set_flags with ${flag} is refused, or fd_fdstat_get then gives it`,
      spec: p1Docs(`fdflags.${flag}`),
      world: holding(),
      script(s) {
        const { value: fd } = open(s, 'file');
        const set = s.call('fd_fdstat_set_flags', fd, [flag]);
        s.expect(set, oneOf(NO_SYNC_FLAGS, ok(), err('inval'), err('notsup')));
        const got = s.call('fd_fdstat_get', fd);
        s.expect(got, ok());
        s.check('what was taken is given back', [set, got], ({ values: [taken, given] }) => {
          const flags = given?.kind === 'ok' ? (given.value as unknown as Fdstat).fs_flags : [];
          if (taken?.kind === 'ok') return flags.includes(flag) || `the flags are [${flags}]`;
          return flags.length === 0 || `it was refused, and the flags are [${flags}]`;
        });
      },
    }),
  ),
  {
    ...P1,
    id: 'fd_fdstat_set_flags/unknown',
    title: 'fd_fdstat_set_flags with a flag that does not exist is refused with inval or by a trap',
    spec: p1Docs('fdflags'),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      s.expect(
        s.call('fd_fdstat_set_flags', fd, 0x20),
        oneOf(NO_FLAG, err('inval'), trap('no value of the type')),
      );
    },
  },
];

export const fdstatP1: ConformanceCase[] = [...gets, ...setFlags];
