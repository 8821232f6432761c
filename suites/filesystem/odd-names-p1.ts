/** Owns names out of the ordinary: spaces, Unicode, the longest there are, and those on the host that are no UTF-8. */

import { err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { direntsIn, named, openedAgain, shownBytes } from './listing-p1.ts';
import { ODD_NAMES } from './odd-names.ts';
import { DIRECTORY, open } from './opening-p1.ts';
import { p1Docs } from './spec.ts';
import { leaves } from './tree.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1' } as const;

const names = ODD_NAMES.map(
  ({ id, name }): ConformanceCase => ({
    ...P1,
    id: `path_open/name-${id}`,
    title: `A file, directory and link of an odd name (${id}) are made, listed, renamed and removed by it`,
    spec: p1Docs('path_open.path'),
    world: {
      preopens: [{ guest: '/', entries: { a: { kind: 'directory' }, b: { kind: 'directory' }, kept: '' } }],
    },
    script: (s) => {
      open(s, name, { oflags: ['creat', 'excl'] });
      s.expect(s.call('path_filestat_get', DIRECTORY, [], name), ok());
      s.expect(s.call('path_create_directory', DIRECTORY, `a/${name}`), ok());
      s.expect(s.call('path_symlink', name, DIRECTORY, `b/${name}`), ok());
      const buffer = s.alloc(1024);
      const directory = openedAgain(s);
      const size = s.call('fd_readdir', directory, buffer, 1024, 0n);
      s.expect(size, ok());
      s.check('the name is listed as it is', [size, s.show(buffer, 1024)], ({ values: [used, shown] }) => {
        const found = named(direntsIn(shownBytes(shown), used?.kind === 'ok' ? Number(used.value) : 0));
        const text = found.map((entry) => entry.name);
        return (
          text.toSorted().join('/') === ['a', 'b', 'kept', name].toSorted().join('/') || JSON.stringify(text)
        );
      });
      s.expect(s.call('path_link', DIRECTORY, [], name, DIRECTORY, `a/${name}/${name}`), ok());
      s.expect(s.call('path_unlink_file', DIRECTORY, name), ok());
      s.expect(s.call('path_rename', DIRECTORY, `a/${name}/${name}`, DIRECTORY, name), ok());
      leaves(s, ['a/', `a/${name}/`, 'b/', `b/${name} -> ${name}`, 'kept = ', `${name} = `]);
    },
  }),
);

const NOT_TEXT =
  'the text gives paths as witx strings, which are Unicode, and entry names of fd_readdir as bytes; it says nothing of a name on the host that is no text: listed as it is, with a replacement, left out, or refused';

const others: ConformanceCase[] = [
  {
    ...P1,
    id: 'fd_readdir/host-name-no-utf8',
    title: 'A name on the host that is no UTF-8 hides no other entry and is no crash',
    spec: p1Docs('fd_readdir'),
    world: {
      preopens: [
        {
          guest: '/',
          entries: { before: '', odd: { kind: 'file', nameHex: '6fff64', content: 'odd' }, zbehind: '' },
        },
      ],
    },
    script: (s) => {
      const buffer = s.alloc(512);
      const size = s.call('fd_readdir', openedAgain(s), buffer, 512, 0n);
      s.expect(size, oneOf(NOT_TEXT, ok(), err('ilseq')));
      s.check(
        'where there is a list, the others are in it',
        [size, s.show(buffer, 512)],
        ({ values: [used, shown] }) => {
          if (used?.kind !== 'ok') return true;
          const found = named(direntsIn(shownBytes(shown), Number(used.value))).map(({ name }) => name);
          const regular = found.filter((name) => name === 'before' || name === 'zbehind');
          return (regular.length === 2 && found.length <= 3) || JSON.stringify(found);
        },
      );
      s.expect(s.call('path_filestat_get', DIRECTORY, [], 'before'), ok());
    },
  },
  {
    ...P1,
    id: 'path_open/case',
    title: 'Names that differ in case or composition are different where the host keeps them so',
    spec: p1Docs('path_open.path'),
    world: {
      preopens: [
        { guest: '/', entries: { name: 'small', Name: 'large', 'e\u0301': 'two', '\u00e9': 'one' } },
      ],
    },
    script: (s) => {
      for (const [name, size] of [
        ['name', 5n],
        ['Name', 5n],
        ['e\u0301', 3n],
        ['\u00e9', 3n],
      ] as const)
        s.expect(
          s.call('path_filestat_get', DIRECTORY, [], name),
          ok(`${size} bytes`, (value) => (value as { size: bigint }).size === size),
        );
      s.expect(s.call('path_unlink_file', DIRECTORY, 'Name'), ok());
      s.expect(s.call('path_unlink_file', DIRECTORY, 'e\u0301'), ok());
      leaves(s, ['name = small', '\u00e9 = one']);
    },
  },
];

export const oddNamesP1: ConformanceCase[] = [...names, ...others];
