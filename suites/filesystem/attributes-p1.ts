/** Owns what preview 1's `fd_filestat_get` says of what is open, and that `fd_sync` and `fd_datasync` take it. */

import { err, type Observed, ok, oneOf, type Seen } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { HostEntry } from '../../harness/contracts/world.ts';
import { expectFile, holding, LETTERS } from './content.ts';
import { expectRead, P1, returns, write } from './content-p1.ts';
import { DIRECTORY, open } from './opening-p1.ts';
import { p1Docs } from './spec.ts';
import { onHost } from './tree.ts';

interface Filestat {
  dev: bigint;
  ino: bigint;
  filetype: string;
  nlink: bigint;
  size: bigint;
  atim: bigint;
  mtim: bigint;
  ctim: bigint;
}

const statOf = (observed: Observed | undefined): Filestat | undefined =>
  observed?.kind === 'ok' ? (observed.value as unknown as Filestat) : undefined;

/** Times with a digit at each place, so that roundings show. */
const STAMPED = {
  kind: 'file',
  content: LETTERS,
  accessedNs: 1_111_111_111_234_567_891n,
  modifiedNs: 1_222_222_222_345_678_912n,
} as const;

/** What each field must be by the host's lstat. */
const FIELDS: readonly { field: keyof Filestat; of(entry: HostEntry): bigint | string }[] = [
  { field: 'filetype', of: ({ kind }) => (kind === 'file' ? 'regular_file' : kind) },
  { field: 'size', of: ({ sizeBytes }) => BigInt(sizeBytes) },
  { field: 'nlink', of: ({ links }) => BigInt(links) },
  { field: 'atim', of: ({ accessedNs }) => BigInt(accessedNs) },
  { field: 'mtim', of: ({ modifiedNs }) => BigInt(modifiedNs) },
  { field: 'ctim', of: ({ changedNs }) => BigInt(changedNs) },
];

const agrees = (
  seen: Seen,
  path: string,
  field: keyof Filestat,
  of: (entry: HostEntry) => bigint | string,
) => {
  const entry = onHost(seen, path);
  const stat = statOf(seen.values[0]);
  if (!entry || !stat) return 'there is no such file';
  return stat[field] === of(entry) || `it is ${stat[field]}, for the host ${of(entry)}`;
};

const fields = FIELDS.map(
  ({ field, of }): ConformanceCase => ({
    ...P1,
    id: `fd_filestat_get/${field}`,
    title: `fd_filestat_get gives for ${field} what the host finds, for a file with two names`,
    spec: p1Docs(`filestat.${field}`),
    world: holding(STAMPED, { other: { kind: 'hardlink', to: 'file' } }),
    script(s) {
      const step = s.call('fd_filestat_get', open(s, 'file').value);
      s.expect(step, ok());
      s.after(`${field} is the host's`, [step], (seen) => agrees(seen, 'file', field, of));
    },
  }),
);

const stats: ConformanceCase[] = [
  {
    ...P1,
    id: 'fd_filestat_get/directory',
    title: 'fd_filestat_get of a preopened directory gives its type and modification time',
    spec: p1Docs('fd_filestat_get'),
    world: holding(),
    script(s) {
      const step = s.call('fd_filestat_get', DIRECTORY);
      s.expect(step, ok());
      s.after("type and time are the host's", [step], (seen) => {
        const type = agrees(seen, '', 'filetype', ({ kind }) => kind);
        return type === true ? agrees(seen, '', 'mtim', ({ modifiedNs }) => BigInt(modifiedNs)) : type;
      });
    },
  },
  {
    ...P1,
    id: 'fd_filestat_get/identity',
    title: 'dev and ino are alike for two names of one file, and differ for two files',
    spec: p1Docs('filestat.ino'),
    world: holding(LETTERS, { other: { kind: 'hardlink', to: 'file' }, third: LETTERS }),
    script(s) {
      const steps = ['file', 'other', 'third'].map((path) => s.call('fd_filestat_get', open(s, path).value));
      for (const step of steps) s.expect(step, ok());
      s.check('two are one file', steps, ({ values }) => {
        const [first, second, third] = values.map((value) => `${statOf(value)?.dev} ${statOf(value)?.ino}`);
        if (first !== second) return `one file is ${first} and ${second}`;
        return first !== third || `two files are both ${first}`;
      });
    },
  },
  {
    ...P1,
    id: 'fd_filestat_get/size-follows',
    title: 'The size that fd_filestat_get returns follows what is written and cut off',
    spec: p1Docs('filestat.size'),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      const sized = (bytes: bigint) =>
        s.expect(
          s.call('fd_filestat_get', fd),
          ok(`a size of ${bytes}`, (value) => (value as unknown as Filestat).size === bytes),
        );
      sized(10n);
      s.expect(s.call('fd_seek', fd, 0n, 'end'), returns(10));
      write(s, fd, 'KLM');
      sized(13n);
      s.expect(s.call('fd_filestat_set_size', fd, 2n ** 32n + 1n), ok());
      sized(2n ** 32n + 1n);
    },
  },
  {
    ...P1,
    id: 'fd_filestat_get/unlinked',
    title: 'A file whose last name has gone can be read and written while it is open, and has no links',
    spec: p1Docs('path_unlink_file'),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      s.expect(s.call('path_unlink_file', DIRECTORY, 'file'), ok());
      expectRead(s, fd, 4, 'abcd');
      write(s, fd, 'EF');
      s.expect(s.call('fd_seek', fd, 0n, 'set'), returns(0));
      expectRead(s, fd, 12, 'abcdEFghij');
      s.expect(
        s.call('fd_filestat_get', fd),
        ok('10 bytes and no links', (value) => {
          const { nlink, size } = value as unknown as Filestat;
          return nlink === 0n && size === 10n;
        }),
      );
      s.expect(s.call('fd_filestat_set_size', fd, 3n), ok());
      s.expect(s.call('fd_close', fd), ok());
      s.after('it has no name', [], (seen) => onHost(seen) === undefined || 'it is still there');
    },
  },
];

const NO_SYNC =
  'the text names no error of directories; POSIX has EINVAL where "the fildes argument does not refer to a file on which this operation is possible", EBADF is what is not open as a file, and `path_open` may leave out "rights [that] do not apply to the type of file being opened"';

const syncs = (['fd_sync', 'fd_datasync'] as const).flatMap((name): ConformanceCase[] => [
  {
    ...P1,
    id: `${name}/written`,
    title: `${name} of a file just written succeeds, twice, and leaves what it holds and the position`,
    spec: p1Docs(name),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      write(s, fd, 'ABC');
      s.expect(s.call(name, fd), ok());
      s.expect(s.call(name, fd), ok());
      expectRead(s, fd, 3, 'def');
      expectFile(s, 'ABCdefghij');
    },
  },
  {
    ...P1,
    id: `${name}/directory`,
    title: `${name} of a directory succeeds or is refused`,
    spec: p1Docs(name),
    world: holding(),
    script: (s) =>
      s.expect(
        s.call(name, DIRECTORY),
        oneOf(NO_SYNC, ok(), err('inval'), err('badf'), err('isdir'), err('notcapable')),
      ),
  },
]);

export const attributesP1: ConformanceCase[] = [...fields, ...stats, ...syncs];
