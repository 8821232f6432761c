/** Owns names out of the ordinary in preview 2: spaces, Unicode, the longest there are, and those on the host that are no text. */

import { err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { FileTree } from '../../harness/contracts/world.ts';
import { entryOf, namesAre, nextEntries } from './entries-p2.ts';
import {
  CREATE_DIRECTORY_AT,
  LINK_AT,
  READ_DIRECTORY,
  READ_DIRECTORY_ENTRY,
  READLINK_AT,
  REMOVE_DIRECTORY_AT,
  RENAME_AT,
  STAT_AT,
  SYMLINK_AT,
  UNLINK_FILE_AT,
} from './functions-p2.ts';
import { ODD_NAMES } from './odd-names.ts';
import { openAt, openDirectoryAt, P2, preopen, preopening } from './opening-p2.ts';
import { PATHS } from './spec-p2.ts';
import { leaves } from './tree.ts';

const CASE = { ...P2, spec: PATHS.text };

const names = ODD_NAMES.map(
  ({ id, name }): ConformanceCase => ({
    ...CASE,
    id: `descriptor.open-at/name-${id}`,
    title: `A file, directory and link of an odd name (${id}) are made, listed, read, renamed and removed by it`,
    world: preopening({ a: { kind: 'directory' }, b: { kind: 'directory' }, kept: '' }),
    script: (s) => {
      const base = preopen(s);
      openAt(s, base, name, { open: ['create', 'exclusive'], flags: ['write'] });
      s.expect(s.call(STAT_AT, base, [], name), ok());
      s.expect(s.call(CREATE_DIRECTORY_AT, base, `a/${name}`), ok());
      s.expect(s.call(SYMLINK_AT, base, name, `b/${name}`), ok());
      s.expect(
        s.call(READLINK_AT, base, `b/${name}`),
        ok('the name', (value) => value === name),
      );
      const stream = s.call(READ_DIRECTORY, openDirectoryAt(s, base, '.'));
      s.expect(stream, ok());
      namesAre(s, nextEntries(s, stream.value, 5), ['a', 'b', 'kept', name]);
      s.expect(s.call(LINK_AT, base, [], name, base, `a/${name}/${name}`), ok());
      s.expect(s.call(UNLINK_FILE_AT, base, name), ok());
      s.expect(s.call(RENAME_AT, base, `a/${name}/${name}`, base, name), ok());
      leaves(s, ['a/', `a/${name}/`, 'b/', `b/${name} -> ${name}`, 'kept = ', `${name} = `]);
    },
  }),
);

/** Names of 255 bytes, one in the other, so that the path is long but below what systems take. */
const DEEP = Array.from({ length: 12 }, (_, index) => String.fromCharCode(97 + index).repeat(255));
const deepTree = (names: readonly string[]): FileTree => {
  const [first, ...rest] = names;
  if (first === undefined) return { file: 'content' };
  return { [first]: { kind: 'directory', entries: deepTree(rest) } };
};

const NOT_TEXT =
  '"Some filesystems may contain paths which are not accessible by this API": a name on the host that is no text is left out, listed with a replacement, or an error in its place';

const others: ConformanceCase[] = [
  {
    ...CASE,
    id: 'directory-entry-stream.read-directory-entry/host-name-no-utf8',
    title: 'A name on the host that is no UTF-8 hides no other entry and is no crash',
    world: preopening({
      before: '',
      odd: { kind: 'file', nameHex: '6fff64', content: 'odd' },
      zbehind: '',
    }),
    script: (s) => {
      const base = preopen(s);
      const stream = s.call(READ_DIRECTORY, openDirectoryAt(s, base, '.'));
      s.expect(stream, ok());
      const steps = Array.from({ length: 4 }, () => {
        const step = s.call(READ_DIRECTORY_ENTRY, s.let(stream.value));
        s.expect(step, oneOf(NOT_TEXT, ok(), err('illegal-byte-sequence')));
        return step;
      });
      s.check('both others are listed, and the odd one at most once', steps, ({ values }) => {
        const found = values.map((seen) => (seen.kind === 'err' ? 'an error' : entryOf(seen)?.name));
        const other = found.filter((name) => name !== undefined && name !== 'before' && name !== 'zbehind');
        const regular = found.length - other.length - found.filter((name) => name === undefined).length;
        return (regular === 2 && other.length <= 1) || JSON.stringify(found);
      });
      s.expect(s.call(STAT_AT, base, [], 'before'), ok());
    },
  },
  {
    ...CASE,
    id: 'descriptor.open-at/case',
    title: 'Names that differ in case or composition are different where the host keeps them so',
    world: preopening({ name: 'small', Name: 'large', 'e\u0301': 'two', '\u00e9': 'one' }),
    script: (s) => {
      const base = preopen(s);
      for (const [name, size] of [
        ['name', 5n],
        ['Name', 5n],
        ['e\u0301', 3n],
        ['\u00e9', 3n],
      ] as const)
        s.expect(
          s.call(STAT_AT, base, [], name),
          ok(`${size} bytes`, (value) => (value as { size: bigint }).size === size),
        );
      s.expect(s.call(UNLINK_FILE_AT, base, 'Name'), ok());
      s.expect(s.call(UNLINK_FILE_AT, base, 'e\u0301'), ok());
      leaves(s, ['name = small', '\u00e9 = one']);
    },
  },
];

const deep: ConformanceCase = {
  ...CASE,
  id: 'descriptor.open-at/name-deep',
  title: `A file ${DEEP.length} directories down, each with a name of 255 bytes, is opened, renamed and removed by its path`,
  spec: PATHS.resolving,
  world: preopening(deepTree(DEEP)),
  script: (s) => {
    const base = preopen(s);
    const directory = DEEP.join('/');
    openAt(s, base, `${directory}/file`);
    s.expect(s.call(RENAME_AT, base, `${directory}/file`, base, `${directory}/made`), ok());
    s.expect(s.call(STAT_AT, base, [], `${directory}/file`), err('no-entry'));
    s.expect(s.call(UNLINK_FILE_AT, base, `${directory}/made`), ok());
    s.expect(s.call(REMOVE_DIRECTORY_AT, base, directory), ok());
    leaves(
      s,
      DEEP.slice(0, -1).map((_, index) => `${DEEP.slice(0, index + 1).join('/')}/`),
    );
  },
};

export const oddNamesP2: ConformanceCase[] = [...names, ...others, deep];
