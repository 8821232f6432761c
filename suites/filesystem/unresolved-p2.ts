/** Owns what every preview 2 function on paths answers when its path leads nowhere, outside, or is no name at all. */

import { type Expectation, err, oneOf } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { P2, preopen, preopening } from './opening-p2.ts';
import { PATH_CALLS } from './path-calls-p2.ts';
import { PATHS, TYPES } from './spec-p2.ts';
import { leaves } from './tree.ts';
import { PLAIN_LINES, PLAIN_TREE } from './worlds.ts';

const TREE = {
  ...PLAIN_TREE,
  loop: { kind: 'symlink', target: 'loop' },
  outside: { kind: 'symlink', target: '..' },
  root: { kind: 'symlink', target: '/' },
} as const;
const LINES = [...PLAIN_LINES, 'loop -> loop', 'outside -> ..', 'root -> /'];

const NUL = oneOf(
  'NUL is a character like any other to a component string, but no name holds it in POSIX: `invalid`, `illegal-byte-sequence`, or a name that does not exist',
  err('invalid'),
  err('illegal-byte-sequence'),
  err('no-entry'),
);

interface Unresolved {
  id: string;
  title: string;
  spec?: string;
  paths: readonly (readonly [path: (name: string) => string, expectation: Expectation])[];
}

/** One case for each function. */
const EACH: readonly Unresolved[] = [
  {
    id: 'unresolved',
    title: 'fails for paths that lead nowhere with the error that says why, and changes nothing',
    paths: [
      [(name) => `absent/${name}`, err('no-entry')],
      [(name) => `file/${name}`, err('not-directory')],
      [(name) => `link/${name}`, err('not-directory')],
      [(name) => `loop/${name}`, err('loop')],
      [() => 'n'.repeat(256), err('name-too-long')],
      [() => '☃'.repeat(86), err('name-too-long')],
      [(name) => `${'n'.repeat(256)}/${name}`, err('name-too-long')],
    ],
  },
  {
    id: 'outside',
    title: 'refuses paths that lead out of the directory with not-permitted, and changes nothing',
    spec: PATHS.resolving,
    paths: [
      [(name) => `/${name}`, err('not-permitted')],
      [(name) => `//${name}`, err('not-permitted')],
      [(name) => `/sandbox/${name}`, err('not-permitted')],
      [(name) => `../${name}`, err('not-permitted')],
      [(name) => `../preopen.0/${name}`, err('not-permitted')],
      [(name) => `directory/../../preopen.0/${name}`, err('not-permitted')],
      [(name) => `./directory//..//..//preopen.0/${name}`, err('not-permitted')],
    ],
  },
];

/** One case for all functions: whoever fails for one fails for all. */
const TOGETHER: readonly (Unresolved & { spec: string })[] = [
  {
    id: 'empty',
    title: 'takes an empty path to name nothing, not even the directory itself: no-entry',
    spec: TYPES.errorCode,
    paths: [[() => '', err('no-entry')]],
  },
  {
    id: 'outside-by-link',
    title: 'refuses paths that lead out of the directory through a link, and changes nothing',
    spec: PATHS.resolving,
    paths: [
      [(name) => `outside/preopen.0/${name}`, err('not-permitted')],
      [(name) => `root/${name}`, err('not-permitted')],
    ],
  },
  {
    id: 'nul',
    title: 'does not take a NUL in a path for its end, and goes on after refusing it',
    spec: PATHS.text,
    paths: [[(name) => `${name}\0behind`, NUL]],
  },
  {
    id: 'backslash',
    title: 'takes a backslash for a character of a name, not for a separator: no-entry',
    spec: PATHS.text,
    paths: [[(name) => `.\\${name}`, err('no-entry')]],
  },
];

const world = preopening(TREE);

const each = PATH_CALLS.flatMap(({ id, spec, path, call }) =>
  EACH.map(
    ({ id: way, title, spec: own, paths }): ConformanceCase => ({
      ...P2,
      id: `${id}/${way}`,
      title: `${id.replace(/^descriptor\./, '').replace('.', ' by its path ')} ${title}`,
      spec: own ?? spec,
      world,
      script: (s) => {
        const base = preopen(s);
        for (const [make, expectation] of paths) s.expect(call(s, base, make(path), base), expectation);
        leaves(s, LINES);
      },
    }),
  ),
);

/** A backslash is a character of a name, so that what makes something would make it under that name. */
const makes = (path: string) => path === 'made';

const together = TOGETHER.map(
  ({ id, title, spec, paths }): ConformanceCase => ({
    ...P2,
    id: `paths/${id}`,
    title: `Every function on paths ${title}`,
    spec,
    world,
    script: (s) => {
      const base = preopen(s);
      for (const { path, call } of PATH_CALLS.filter((one) => id !== 'backslash' || !makes(one.path)))
        for (const [make, expectation] of paths) s.expect(call(s, base, make(path), base), expectation);
      leaves(s, LINES);
    },
  }),
);

export const unresolvedP2: ConformanceCase[] = [...each, ...together];
