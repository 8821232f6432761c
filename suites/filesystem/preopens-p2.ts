/** Owns which directories preview 2's `get-directories` gives, and under which names. */

import { err, ok } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { DESCRIPTOR, GET_DIRECTORIES, OPEN_AT, READ, STAT_AT } from './functions-p2.ts';
import { openAt, P2, preopening, preopenNamed } from './opening-p2.ts';
import { FUNCTION, RESOURCE_DROP } from './spec-p2.ts';

const CASE = { ...P2, spec: FUNCTION.getDirectories };
const GET = 'get-directories';

/** Of different lengths, by which they are told apart. */
const NAMES = ['/', '/one', 'relative/two', '/with space', '/dää'];
const FIVE = { preopens: NAMES.map((guest) => ({ guest, entries: { file: guest } })) };

const listed = (names: readonly string[]) =>
  ok(names.join(', ') || 'none', (value) => {
    const found = (value as [number, string][]).map(([, name]) => name).toSorted();
    return JSON.stringify(found) === JSON.stringify(names.toSorted());
  });

const text = (expected: string) =>
  ok(`'${expected}'`, (value) => {
    const [bytes] = value as [Uint8Array, boolean];
    return Buffer.from(bytes).toString('utf8') === expected;
  });

export const preopensP2: ConformanceCase[] = [
  {
    ...CASE,
    id: `${GET}/none`,
    title: 'A guest to which no directory was given has none',
    script: (s) => s.expect(s.call(GET_DIRECTORIES), listed([])),
  },
  {
    ...CASE,
    id: `${GET}/one`,
    title: 'A directory that was given is listed with its path, and what is in it can be opened',
    world: preopening({ file: 'content' }),
    script: (s) => {
      const directories = s.call(GET_DIRECTORIES);
      s.expect(directories, listed(['/sandbox']));
      const base = preopenNamed(s, directories, 1, '/sandbox'.length);
      s.expect(s.call(READ, openAt(s, base, 'file'), 10n, 0n), text('content'));
    },
  },
  {
    ...CASE,
    id: `${GET}/five`,
    title: 'Five directories are listed with their paths, and each has its own files',
    world: FIVE,
    script: (s) => {
      const directories = s.call(GET_DIRECTORIES);
      s.expect(directories, listed(NAMES));
      for (const name of NAMES) {
        const base = preopenNamed(s, directories, NAMES.length, Buffer.byteLength(name));
        s.expect(s.call(READ, openAt(s, base, 'file'), 30n, 0n), text(name));
      }
    },
  },
  {
    ...CASE,
    id: `${GET}/one-in-the-other`,
    title: 'A directory of two is not reached through the other, however their paths are nested',
    world: {
      preopens: [
        { guest: '/a', entries: { file: 'outer' } },
        { guest: '/a/b', entries: { file: 'inner' } },
      ],
    },
    script: (s) => {
      const directories = s.call(GET_DIRECTORIES);
      const outer = preopenNamed(s, directories, 2, '/a'.length);
      const inner = preopenNamed(s, directories, 2, '/a/b'.length);
      s.expect(s.call(READ, openAt(s, inner, 'file'), 10n, 0n), text('inner'));
      s.expect(s.call(READ, openAt(s, outer, 'file'), 10n, 0n), text('outer'));
      s.expect(s.call(STAT_AT, outer, [], 'b/file'), err('no-entry'));
    },
  },
  {
    ...CASE,
    id: `${GET}/twice`,
    title: 'Each call gives descriptors of its own, which stay when those of the other are dropped',
    spec: RESOURCE_DROP,
    world: preopening({ file: 'content' }),
    script: (s) => {
      const calls = [s.call(GET_DIRECTORIES), s.call(GET_DIRECTORIES)];
      for (const call of calls) s.expect(call, listed(['/sandbox']));
      const [first, second] = calls.map((call) => preopenNamed(s, call, 1, '/sandbox'.length));
      s.check('the handles differ', calls, ({ values }) => {
        const handles = values.map((seen) => (seen.kind === 'ok' ? (seen.value as [number][])[0]?.[0] : 0));
        return handles[0] !== handles[1] || `both are ${handles[0]}`;
      });
      s.expect(s.drop(DESCRIPTOR, first!), ok());
      s.expect(s.call(OPEN_AT, second!, [], 'file', [], ['read']), ok());
    },
  },
];
