/** Owns what every preview 2 function on paths demands of the descriptor that its path begins at, and where it begins. */

import { type Expectation, err, ok } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { FileTree } from '../../harness/contracts/world.ts';
import {
  CREATE_DIRECTORY_AT,
  GET_FLAGS,
  LINK_AT,
  OPEN_AT,
  READ_DIRECTORY,
  RENAME_AT,
} from './functions-p2.ts';
import { FOLLOW, openAt, openDirectoryAt, P2, preopen, preopening } from './opening-p2.ts';
import { PATH_CALLS } from './path-calls-p2.ts';
import { FUNCTION, PATHS, TYPES } from './spec-p2.ts';
import { leaves } from './tree.ts';
import { PLAIN_LINES, PLAIN_TREE } from './worlds.ts';

/** What stands below is not what stands at the top. */
const NESTED: FileTree = { below: { kind: 'directory', entries: PLAIN_TREE } };
const NESTED_LINES = ['below/', ...PLAIN_LINES.map((line) => `below/${line}`)];
const LOOKING = PATH_CALLS.filter(({ changes }) => !changes);
const CHANGING = PATH_CALLS.filter(({ changes }) => changes);

/** Opened so that what is in it may be changed. */
const openToChange = (s: ScriptBuilder, base: Slot, path: string): Slot =>
  openAt(s, base, path, { open: ['directory'], flags: ['read', 'mutate-directory'] });

/** What each changing call leaves of `PLAIN_LINES`. */
const LEFT: Readonly<Record<string, { gone?: string; come?: string }>> = {
  'descriptor.create-directory-at': { come: 'made/' },
  'descriptor.link-at.old': { come: 'made = content' },
  'descriptor.link-at.new': { come: 'made = content' },
  'descriptor.remove-directory-at': { gone: 'directory/' },
  'descriptor.rename-at.old': { gone: 'file = content', come: 'made = content' },
  'descriptor.rename-at.new': { gone: 'file = content', come: 'made = content' },
  'descriptor.symlink-at': { come: 'made -> file' },
  'descriptor.unlink-file-at': { gone: 'file = content' },
};

const below: ConformanceCase[] = [
  {
    ...P2,
    id: 'paths/below-looking',
    title: 'Every function that only looks begins at the directory whose descriptor is given',
    spec: PATHS.resolving,
    world: preopening(NESTED),
    script: (s) => {
      const base = preopen(s);
      const directory = openDirectoryAt(s, base, 'below');
      for (const { path, call } of LOOKING) {
        s.expect(call(s, base, path, base), err('no-entry'));
        s.expect(call(s, directory, path, directory), ok());
        s.expect(call(s, directory, `below/${path}`, directory), err('no-entry'));
      }
    },
  },
  {
    ...P2,
    id: 'paths/below-outside',
    title: 'For every function the directory whose descriptor is given is the outermost: not-permitted',
    spec: PATHS.resolving,
    world: preopening(NESTED),
    script: (s) => {
      const directory = openDirectoryAt(s, preopen(s), 'below');
      for (const { path, call } of LOOKING) {
        s.expect(call(s, directory, `../below/${path}`, directory), err('not-permitted'));
        s.expect(call(s, directory, `directory/../../below/${path}`, directory), err('not-permitted'));
      }
      leaves(s, NESTED_LINES);
    },
  },
  {
    ...P2,
    id: 'paths/below-outside-by-link',
    title:
      'A link that leads up and out of the directory given is not followed, though that stays in the preopened one',
    spec: PATHS.resolving,
    world: preopening({
      file: 'top',
      below: { kind: 'directory', entries: { ...PLAIN_TREE, up: { kind: 'symlink', target: '..' } } },
    }),
    script: (s) => {
      const base = preopen(s);
      const directory = openDirectoryAt(s, base, 'below');
      s.expect(s.call(OPEN_AT, base, [], 'below/up/file', [], ['read']), ok());
      for (const { path, call } of LOOKING)
        s.expect(call(s, directory, `up/below/${path}`, directory), err('not-permitted'));
      s.expect(s.call(OPEN_AT, directory, FOLLOW, 'up', ['directory'], ['read']), err('not-permitted'));
    },
  },
  {
    ...P2,
    id: 'paths/below-changing',
    title:
      'Every function that changes something begins at the directory given, which was opened with mutate-directory',
    spec: PATHS.resolving,
    world: preopening(
      Object.fromEntries(
        CHANGING.map((_, index) => [`d${index}`, { kind: 'directory', entries: PLAIN_TREE }]),
      ),
    ),
    script: (s) => {
      const base = preopen(s);
      const expected = CHANGING.flatMap(({ id, path, call }, index) => {
        const directory = openToChange(s, base, `d${index}`);
        s.expect(call(s, directory, path, directory), ok());
        const { gone, come } = LEFT[id] ?? {};
        const lines = PLAIN_LINES.filter((line) => line !== gone);
        return ['', ...lines, ...(come === undefined ? [] : [come])].map((line) => `d${index}/${line}`);
      });
      leaves(s, expected);
    },
  },
  ...(
    [
      ['link-at', LINK_AT, FUNCTION.linkAt],
      ['rename-at', RENAME_AT, FUNCTION.renameAt],
    ] as const
  ).map(
    ([name, call, spec]): ConformanceCase => ({
      ...P2,
      id: `descriptor.${name}/between-directories`,
      title: `With ${name} each of the two paths begins at its own descriptor`,
      spec,
      world: preopening({
        one: { kind: 'directory', entries: { file: 'content' } },
        two: { kind: 'directory', entries: { deep: { kind: 'directory' } } },
      }),
      script: (s) => {
        const base = preopen(s);
        const [one, two] = [openToChange(s, base, 'one'), openToChange(s, base, 'two/deep')];
        const flags = name === 'link-at' ? [[]] : [];
        s.expect(s.call(call, two, ...flags, 'file', one, 'made'), err('no-entry'));
        s.expect(s.call(call, one, ...flags, 'file', two, 'made'), ok());
        leaves(s, [
          'one/',
          'two/',
          'two/deep/',
          'two/deep/made = content',
          ...(name === 'link-at' ? ['one/file = content'] : []),
        ]);
      },
    }),
  ),
];

const moved: ConformanceCase = {
  ...P2,
  id: 'paths/renamed-directory',
  title:
    'A descriptor stays with its directory when that gets another name, and does not go over to a new one',
  spec: FUNCTION.renameAt,
  world: preopening({ below: { kind: 'directory', entries: PLAIN_TREE } }),
  script: (s) => {
    const base = preopen(s);
    const directory = openDirectoryAt(s, base, 'below');
    s.expect(s.call(RENAME_AT, base, 'below', base, 'moved'), ok());
    for (const { path, call } of LOOKING) s.expect(call(s, directory, path, base), ok());
    s.expect(s.call(CREATE_DIRECTORY_AT, base, 'below'), ok());
    for (const { path, call } of LOOKING) s.expect(call(s, directory, path, base), ok());
  },
};

const ofFile = (path: (plain: string) => string, expectation: Expectation) => (s: ScriptBuilder) => {
  const base = preopen(s);
  const file = openAt(s, base, 'file', { flags: ['read', 'write'] });
  for (const { path: plain, call } of PATH_CALLS) s.expect(call(s, file, path(plain), base), expectation);
  leaves(s, PLAIN_LINES);
};

/** POSIX, of every function with a descriptor for the path to begin at. */
const NOT_DIRECTORY = TYPES.errorCode;

const files: ConformanceCase[] = [
  {
    ...P2,
    id: 'paths/descriptor-of-file',
    title: 'Every function on paths is refused for a descriptor that is no directory: not-directory',
    spec: NOT_DIRECTORY,
    world: preopening(PLAIN_TREE),
    script: ofFile((plain) => plain, err('not-directory')),
  },
  {
    ...P2,
    id: 'paths/descriptor-of-file-itself',
    title: 'A file is not found by its name in itself, as it has none: not-directory',
    spec: NOT_DIRECTORY,
    world: preopening(PLAIN_TREE),
    script: ofFile(() => '.', err('not-directory')),
  },
  {
    ...P2,
    id: 'descriptor.read-directory/file',
    title: 'A file has no entries: not-directory',
    spec: TYPES.errorCode,
    world: preopening(PLAIN_TREE),
    script: (s) => {
      // POSIX fdopendir: "ENOTDIR The descriptor fd is not associated with a directory".
      s.expect(s.call(READ_DIRECTORY, openAt(s, preopen(s), 'file')), err('not-directory'));
    },
  },
];

const flagged = (wanted: boolean) =>
  ok(`${wanted ? '' : 'no '}mutate-directory`, (value) =>
    wanted
      ? (value as string[]).includes('mutate-directory')
      : !(value as string[]).includes('mutate-directory'),
  );

/** "When this flag is unset on a descriptor, operations using the descriptor which would create, rename, …, shall fail". */
const unchangeable: ConformanceCase[] = [
  {
    ...P2,
    id: 'paths/read-only',
    title:
      'Every function that changes something is refused for a directory without mutate-directory: read-only',
    spec: TYPES.mutateDirectory,
    world: preopening(PLAIN_TREE),
    script: (s) => {
      const base = preopen(s);
      const directory = openDirectoryAt(s, base, '.');
      for (const { path, call } of CHANGING) s.expect(call(s, directory, path, base), err('read-only'));
      leaves(s, PLAIN_LINES);
    },
  },
  {
    ...P2,
    id: 'descriptor.open-at/read-only',
    title: 'Through a directory without mutate-directory nothing is opened to be changed: read-only',
    spec: FUNCTION.openAt,
    world: preopening(PLAIN_TREE),
    script: (s) => {
      const directory = openDirectoryAt(s, preopen(s), '.');
      for (const [path, open, flags] of [
        ['directory', ['directory'], ['read', 'mutate-directory']],
        ['file', [], ['write']],
        ['file', [], ['read', 'write']],
        ['file', ['truncate'], ['read']],
        ['made', ['create'], ['read']],
      ] as const)
        s.expect(s.call(OPEN_AT, directory, [], path, open, flags), err('read-only'));
      leaves(s, PLAIN_LINES);
    },
  },
  {
    ...P2,
    id: 'descriptor.open-at/mutate-directory',
    title:
      'A directory opened with mutate-directory has that flag, as the preopened one it was opened through',
    spec: TYPES.mutateDirectory,
    world: preopening(PLAIN_TREE),
    script: (s) => {
      const base = preopen(s);
      s.expect(s.call(GET_FLAGS, base), flagged(true));
      s.expect(s.call(GET_FLAGS, openToChange(s, base, 'directory')), flagged(true));
      s.expect(s.call(GET_FLAGS, openDirectoryAt(s, base, 'directory')), flagged(false));
    },
  },
];

export const relativeToP2: ConformanceCase[] = [...below, moved, ...files, ...unchangeable];
