/** Owns what every function on paths answers when its path leads nowhere, outside, or is no path at all. */

import { type Expectation, err, oneOf } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { DIRECTORY } from './opening-p1.ts';
import { PATH_CALLS } from './path-calls-p1.ts';
import { p1Docs, WITX_CHAR } from './spec.ts';
import { leaves } from './tree.ts';
import { PLAIN_LINES, PLAIN_TREE } from './worlds.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1' } as const;

const TREE = {
  ...PLAIN_TREE,
  loop: { kind: 'symlink', target: 'loop' },
  outside: { kind: 'symlink', target: '..' },
  root: { kind: 'symlink', target: '/' },
} as const;
const LINES = [...PLAIN_LINES, 'loop -> loop', 'outside -> ..', 'root -> /'];

/** "Extension: Capabilities insufficient." and "Operation not permitted." both say what has happened. */
const REFUSED = oneOf(
  'the text says of no function what a path that leaves the directory returns: `notcapable` is "Capabilities insufficient", `perm` "Operation not permitted"',
  err('notcapable'),
  err('perm'),
);

const NO_STRING = oneOf(
  'a witx string is a list of Unicode characters, and the text names no error for bytes that are none: `ilseq` is "Illegal byte sequence", `inval` "Invalid argument"',
  err('ilseq'),
  err('inval'),
);

const NUL = oneOf(
  'NUL is a character like any other to a witx string, but no name holds it in POSIX: `inval`, `ilseq`, or a name that does not exist',
  err('inval'),
  err('ilseq'),
  err('noent'),
);

interface Unresolved {
  id: string;
  /** One case for all functions: whoever fails for one fails for all. */
  together?: true;
  /** Where another text decides than the function's own. */
  spec?: string;
  title: string;
  paths: readonly (readonly [path: (name: string) => string | Uint8Array, expectation: Expectation])[];
}

const bytes = (...parts: (string | number)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))));

const WAYS: readonly Unresolved[] = [
  {
    id: 'empty',
    together: true,
    title: 'takes an empty path to name nothing, not even the directory itself: noent',
    paths: [[() => '', err('noent')]],
  },
  {
    id: 'unresolved',
    title: 'fails for paths that lead nowhere with the error that says why, and changes nothing',
    paths: [
      [(name) => `absent/${name}`, err('noent')],
      [(name) => `file/${name}`, err('notdir')],
      [(name) => `link/${name}`, err('notdir')],
      [(name) => `loop/${name}`, err('loop')],
      [() => 'n'.repeat(256), err('nametoolong')],
      [(name) => `${'n'.repeat(256)}/${name}`, err('nametoolong')],
    ],
  },
  {
    id: 'outside',
    title: 'refuses paths that lead out of the directory, and changes nothing',
    paths: [
      [(name) => `/${name}`, REFUSED],
      [(name) => `../${name}`, REFUSED],
      [(name) => `../preopen.0/${name}`, REFUSED],
      [(name) => `directory/../../preopen.0/${name}`, REFUSED],
    ],
  },
  {
    id: 'outside-by-link',
    together: true,
    spec: p1Docs('errno.notcapable'),
    title: 'refuses paths that lead out of the directory through a link, and changes nothing',
    paths: [
      [(name) => `outside/preopen.0/${name}`, REFUSED],
      [(name) => `root/${name}`, REFUSED],
    ],
  },
  {
    id: 'no-utf8',
    together: true,
    spec: WITX_CHAR,
    title: 'refuses paths that are no UTF-8, and changes nothing',
    paths: [
      [() => bytes(0xff), NO_STRING],
      [(name) => bytes(name, 0xc3), NO_STRING],
      [() => bytes(0xed, 0xa0, 0x80), NO_STRING],
    ],
  },
  {
    id: 'nul',
    together: true,
    spec: p1Docs('errno.inval'),
    title: 'does not take a NUL in a path for its end',
    paths: [[(name) => `${name}\0behind`, NUL]],
  },
];

const world = { preopens: [{ guest: '/sandbox', entries: TREE }] };

const ways = PATH_CALLS.flatMap(({ id, function: name, path, call }) =>
  WAYS.filter(({ together }) => !together).map(
    ({ id: way, title, paths }): ConformanceCase => ({
      ...P1,
      id: `${id}/${way}`,
      title: `${id.replace('.', ' by its path ')} ${title}`,
      spec: p1Docs(name),
      world,
      script: (s) => {
        for (const [make, expectation] of paths) s.expect(call(s, DIRECTORY, make(path)), expectation);
        leaves(s, LINES);
      },
    }),
  ),
);

const together = WAYS.filter((way) => way.together).map(
  ({ id, title, spec, paths }): ConformanceCase => ({
    ...P1,
    id: `paths/${id}`,
    title: `Every function on paths ${title}`,
    spec: spec ?? p1Docs('errno.noent'),
    world,
    script: (s) => {
      for (const { path, call } of PATH_CALLS)
        for (const [make, expectation] of paths) s.expect(call(s, DIRECTORY, make(path)), expectation);
      leaves(s, LINES);
    },
  }),
);

export const unresolvedP1: ConformanceCase[] = [...ways, ...together];
