/** Owns `path_open` beside its open flags: descriptor flags, FIFOs and sockets, and the number it returns. */

import { type Expectation, err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { WasiValue } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { DIRECTORY, FILE_RIGHTS, open } from './opening-p1.ts';
import { p1Docs } from './spec.ts';
import { leaves } from './tree.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1' } as const;
const SPEC = p1Docs('path_open');
const world = (
  entries: NonNullable<NonNullable<ConformanceCase['world']>['preopens']>[number]['entries'],
) => ({
  preopens: [{ guest: '/', entries: entries ?? {} }],
});

const NOT_EVERYWHERE =
  '"This feature is not available on all platforms and therefore path_open and other such functions which accept fdflags may return errno.notsup in the case that this flag is set"';

/** The flags, and those that the host may show with them: its own flags for them share bits. */
const FDFLAGS: readonly { flag: string; along: readonly string[]; optional: boolean }[] = [
  { flag: 'append', along: [], optional: false },
  { flag: 'nonblock', along: [], optional: false },
  { flag: 'dsync', along: [], optional: true },
  { flag: 'rsync', along: ['sync', 'dsync'], optional: true },
  { flag: 'sync', along: ['rsync', 'dsync'], optional: true },
];

const fdflags = FDFLAGS.map(({ flag, along, optional }): ConformanceCase => {
  const shows = (value: WasiValue) => {
    const { fs_flags: flags } = value as unknown as { fs_flags: readonly string[] };
    return flags.includes(flag) && flags.every((one) => one === flag || along.includes(one));
  };
  const either = (expectation: Expectation, other: string) =>
    optional ? oneOf(NOT_EVERYWHERE, expectation, err(other)) : expectation;
  return {
    ...P1,
    id: `path_open/fdflag-${flag}`,
    title: `A file opened with ${flag} has that flag${optional ? ', or opening it so is not supported' : ''}`,
    spec: p1Docs(`fdflags.${flag}`),
    world: world({ file: 'content' }),
    script: (s) => {
      const opened = s.call('path_open', DIRECTORY, [], 'file', [], FILE_RIGHTS, [], [flag]);
      s.expect(opened, either(ok(), 'notsup'));
      // Where it was not opened, its place still holds 0: another descriptor without the flag.
      const missing = s.let({
        expression: `(${opened.result.expression}!=0)*99999+(${opened.value.expression})`,
      });
      s.expect(s.call('fd_fdstat_get', missing), either(ok(`the flag ${flag}`, shows), 'badf'));
      leaves(s, ['file = content']);
    },
  };
});

const others: ConformanceCase[] = [
  {
    ...P1,
    id: 'path_open/no-fdflags',
    title: 'A file opened without descriptor flags has none',
    spec: p1Docs('fdstat.fs_flags'),
    world: world({ file: 'content' }),
    script: (s) => {
      const none = (value: WasiValue) => (value as { fs_flags: readonly string[] }).fs_flags.length === 0;
      s.expect(s.call('fd_fdstat_get', open(s, 'file').value), ok('no flags', none));
    },
  },
  {
    ...P1,
    id: 'path_open/numbers',
    title: 'Descriptors that are open at once have different numbers, all below 2^31',
    spec: SPEC,
    world: world({ file: 'content' }),
    script: (s) => {
      const opened = Array.from({ length: 20 }, () => open(s, 'file'));
      s.check('twenty descriptors differ and are below 2^31', opened, ({ values }) => {
        const numbers = values.map((seen) => (seen.kind === 'ok' ? Number(seen.value) : -1));
        if (new Set(numbers).size !== numbers.length) return `some are the same: ${numbers.join(' ')}`;
        return numbers.every((fd) => fd > DIRECTORY && fd < 2 ** 31) || `out of range: ${numbers.join(' ')}`;
      });
    },
  },
  {
    ...P1,
    id: 'path_open/fifo-nonblock',
    title: 'A FIFO nobody else has open is opened at once for reading, and refused for writing with nxio',
    spec: p1Docs('fdflags.nonblock'),
    world: world({ fifo: { kind: 'fifo' } }),
    patience: 0.3,
    script: (s) => {
      // POSIX on O_NONBLOCK: opening for reading "shall return without delay"; for writing, ENXIO without a reader.
      const tried = s.call('path_open', DIRECTORY, [], 'fifo', [], ['fd_write'], [], ['nonblock']);
      s.expect(tried, err('nxio'));
      s.expect(s.call('path_open', DIRECTORY, [], 'fifo', [], ['fd_read'], [], ['nonblock']), ok());
      leaves(s, ['fifo (fifo)']);
    },
  },
  {
    ...P1,
    id: 'path_open/high-numbers',
    title: 'A descriptor number of 2^31 and above is not open like any other: badf',
    spec: p1Docs('errno.badf'),
    world: world({ file: 'content' }),
    script: (s) => {
      for (const fd of [2 ** 31, 2 ** 32 - 1])
        s.expect(s.call('path_open', fd, [], 'file', [], ['fd_read'], [], []), err('badf'));
    },
  },
  {
    ...P1,
    id: 'path_open/socket',
    title: 'A socket in the file system cannot be opened',
    spec: SPEC,
    world: world({ socket: { kind: 'socket' } }),
    script: (s) => {
      const refused = oneOf(
        'POSIX: "EOPNOTSUPP The path argument names a socket"; before its issue 8 systems return ENXIO, "No such device or address"',
        err('notsup'),
        err('nxio'),
      );
      s.expect(s.call('path_open', DIRECTORY, [], 'socket', [], ['fd_read'], [], []), refused);
    },
  },
  {
    ...P1,
    id: 'path_open/nested',
    title: 'A path begins at the directory whose descriptor is given, also below another one',
    spec: p1Docs('path_open.path'),
    world: world({
      name: 'top',
      directory: { kind: 'directory', entries: { name: 'below', deep: { kind: 'directory' } } },
    }),
    script: (s) => {
      const rights = ['path_open', 'path_create_file', 'path_filestat_set_size'];
      const directory = open(s, 'directory', {
        oflags: ['directory'],
        rights,
        inheriting: [...FILE_RIGHTS, ...rights],
      });
      const deep = open(s, 'deep', { at: directory, oflags: ['directory'], rights, inheriting: FILE_RIGHTS });
      open(s, 'made', { at: deep, oflags: ['creat', 'excl'] });
      open(s, 'name', { at: directory, oflags: ['trunc'] });
      leaves(s, [
        'directory/',
        'directory/deep/',
        'directory/deep/made = ',
        'directory/name = ',
        'name = top',
      ]);
    },
  },
  {
    ...P1,
    id: 'path_open/second-preopen',
    title: 'A path at the second preopen names what is there, not what is in the first',
    spec: p1Docs('path_open.fd'),
    world: {
      preopens: [
        { guest: '/first', entries: { one: 'first', both: 'first' } },
        { guest: '/second', entries: { both: 'second' } },
      ],
    },
    script: (s) => {
      s.expect(s.call('path_open', DIRECTORY + 1, [], 'one', [], ['fd_read'], [], []), err('noent'));
      open(s, 'both', { at: DIRECTORY + 1, oflags: ['trunc'] });
      leaves(s, ['both = first', 'one = first']);
      leaves(s, ['both = '], 1);
    },
  },
];

export const openKindsP1: ConformanceCase[] = [...fdflags, ...others];
