/** Owns what `path_rename` does with each kind of entry onto each kind of name. */

import { err, ok } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { DIRECTORY, open } from './opening-p1.ts';
import { RENAMINGS } from './renamings.ts';
import { p1Docs } from './spec.ts';
import { leaves } from './tree.ts';
import { RENAME_LINES, RENAME_TREE } from './worlds.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1', spec: p1Docs('path_rename') } as const;
const WORLD = { preopens: [{ guest: '/', entries: RENAME_TREE }] };

const successes = RENAMINGS.map(
  ({ id, title, from, to, gone = [], come = [] }): ConformanceCase => ({
    ...P1,
    id: `path_rename/${id}`,
    title,
    world: WORLD,
    script: (s) => {
      s.expect(s.call('path_rename', DIRECTORY, from, DIRECTORY, to), ok());
      leaves(s, [...RENAME_LINES.filter((line) => !gone.includes(line)), ...come]);
    },
  }),
);

const others: ConformanceCase[] = [
  {
    ...P1,
    id: 'path_rename/two-preopens',
    title:
      'Files and directories move from one preopen to another on the same file system, each path beginning at its own',
    world: {
      preopens: [
        {
          guest: '/first',
          entries: { file: 'first', directory: { kind: 'directory', entries: { inner: 'inner' } } },
        },
        { guest: '/second', entries: { file: 'second' } },
      ],
    },
    script: (s) => {
      s.expect(s.call('path_rename', DIRECTORY + 1, 'directory', DIRECTORY, 'made'), err('noent'));
      s.expect(s.call('path_rename', DIRECTORY, 'directory', DIRECTORY + 1, 'moved'), ok());
      s.expect(s.call('path_rename', DIRECTORY, 'file', DIRECTORY + 1, 'file'), ok());
      leaves(s, []);
      leaves(s, ['file = first', 'moved/', 'moved/inner = inner'], 1);
    },
  },
  {
    ...P1,
    id: 'path_rename/open-file',
    title: 'A file that is open stays open under its new name',
    world: WORLD,
    script: (s) => {
      const file = open(s, 'file');
      const before = s.call('fd_filestat_get', file.value);
      s.expect(s.call('path_rename', DIRECTORY, 'file', DIRECTORY, 'made'), ok());
      const after = s.call('path_filestat_get', DIRECTORY, [], 'made');
      s.expect(before, ok());
      s.expect(after, ok());
      s.check('the serial number stays', [before, after], ({ values: [a, b] }) => {
        const number = (seen: typeof a) =>
          seen?.kind === 'ok' ? (seen.value as { ino: bigint }).ino : undefined;
        return number(a) === number(b) || `it was ${number(a)} and is ${number(b)}`;
      });
    },
  },
];

export const renameP1: ConformanceCase[] = [...successes, ...others];
