/** Owns the ways in which a path can lead out of a directory, each tried with every function that takes a path. */

import type { Expectation, Observed } from '../../harness/contracts/expect.ts';
import { ok, oneOf, trap } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { WORLD } from './inside.ts';
import { refused, unharmed } from './outside.ts';
import type { PathCall, Preview } from './path-call.ts';

interface Way {
  id: string;
  title: string;
  /** `reads`: what it would lead to is no canary of ours, so only functions that change nothing try it. */
  for?: 'reads' | 'follows';
  links?: true;
  paths(victim: string): readonly (string | Uint8Array)[];
  expects?: (call: PathCall) => Expectation | undefined;
  /** Where something is seen, it is what stands inside by this name. */
  seesAs?: (path: string) => string;
}

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

const ITSELF = 'only the link itself may be seen, not what it leads to';
const aLink = ok('a symbolic link', (value) => {
  const { filetype, type } = value as { filetype?: string; type?: string };
  return filetype === 'symbolic_link' || type === 'symbolic-link';
});

/** All links to a pointer outside end in its name, and that one's own text is another; preview 1 tells the length. */
const ITS_TEXT = ok("the link's own text", (value) =>
  typeof value === 'string' ? value.endsWith('pointer') : value !== 'secret'.length,
);

const WAYS: readonly Way[] = [
  {
    id: 'dots',
    title: 'does not reach outside by `..` wherever it stands in the path, nor out and in again',
    paths: (name) => [
      `../${name}`,
      `../../${name}`,
      `./../${name}`,
      `.//..//${name}`,
      `..//./${name}`,
      `folder/../../${name}`,
      `folder/./..//../${name}`,
      `folder/deep/../../../${name}`,
      `folder/deep/../../folder/../../${name}`,
      `../folder/../${name}`,
      `../preopen.0/../${name}`,
      `../preopen.0/${name === 'made' ? 'made' : 'file'}`,
      '../preopen.0/folder',
    ],
  },
  {
    id: 'dots-last',
    title: 'does not reach the directory above by a path that ends there',
    paths: () => ['..', '../', './..', '../.', 'folder/../..', 'folder/../../', 'folder/deep/../../..'],
  },
  {
    id: 'dots-after-file',
    title: 'does not reach outside by `..` behind a file or behind nothing',
    paths: (name) => [
      `file/../../${name}`,
      `file/..//.././${name}`,
      `folder/file/../../../${name}`,
      `absent/../../${name}`,
      `absent/absent/../../../${name}`,
    ],
  },
  {
    id: 'dots-after-link',
    title: 'does not reach outside by `..` behind a link, whose directory above is another one',
    links: true,
    paths: (name) => [
      `deep-link/../../../${name}`,
      `deep-link/./..//../../${name}`,
      `folder/deep/../up/${name}`,
      `up/folder/../${name}`,
      `up/preopen.0/../${name}`,
    ],
  },
  {
    id: 'links',
    title: 'does not reach outside by links that go up, one or several, at any place of the path',
    links: true,
    paths: (name) => [
      `up/${name}`,
      `./up//${name}`,
      `folder/up/${name}`,
      `folder/deep/../../up/${name}`,
      `deep-link/../up/${name}`,
      `up-again/${name}`,
      `up-slashes/${name}`,
      `up-by-folder/${name}`,
      `up-by-link/${name}`,
      `back/up/${name}`,
      `back/${name === 'made' ? 'made' : 'file'}`,
    ],
  },
  {
    id: 'absolute-links',
    title: 'does not reach outside by links that are whole paths of the host',
    links: true,
    paths: (name) => [
      `world/${name}`,
      `world/./${name}`,
      `world/folder/../${name}`,
      `world-again/${name}`,
      `folder/../world/${name}`,
      `world/preopen.0/${name === 'made' ? 'made' : 'file'}`,
    ],
  },
  {
    id: 'slash-behind-link',
    title: 'does not follow a link that leads out because a slash or dot stands behind it',
    links: true,
    paths: (name) =>
      [`to-${name}`, `to-${name}-whole`, `to-${name}-chained`].flatMap((one) => [
        `${one}/`,
        `${one}//`,
        `${one}/.`,
      ]),
    // Whether the link itself can be named so is the filesystem suite's to say; what it leads to must not be.
    expects: ({ opens, stats, readsLinks, hashes }) => {
      if (opens) return refused;
      if (stats) return oneOf(ITSELF, refused, aLink);
      if (readsLinks) return oneOf(ITSELF, refused, ITS_TEXT);
      return hashes ? oneOf(ITSELF, refused, ok('its hash')) : undefined;
    },
    seesAs: (path) => path.slice(0, path.indexOf('/')),
  },
  {
    id: 'followed-link',
    title: 'does not reach outside by a link at the end of the path that it is asked to follow',
    links: true,
    for: 'follows',
    paths: (name) => [
      `to-${name}`,
      `./to-${name}`,
      `folder/../to-${name}`,
      `to-${name}-whole`,
      `to-${name}-chained`,
      `to-${name}-by-folder`,
      `to-${name}-by-up`,
    ],
  },
  {
    id: 'odd-names',
    title: 'takes no backslash, drive or look-alike for a separator or for dots',
    paths: (name) => [
      `..\\${name}`,
      `..\\..\\${name}`,
      `folder\\..\\..\\${name}`,
      `\\${name}`,
      `C:\\${name}`,
      `C:../${name}/../../${name}`,
      `．．/${name}`,
      `..∕${name}`,
      `..%2f${name}`,
      `... /../../${name}`,
      `~/../../${name}`,
    ],
    // A backslash is a character like any other, and a name of it may be made inside.
    expects: ({ reads }) => (reads ? refused : undefined),
  },
  {
    id: 'nul',
    title: 'takes no NUL for the end of its path',
    paths: (name) => [`folder\0/../../${name}`],
    expects: () =>
      oneOf('no text says what becomes of a NUL in a path', refused, trap('the host takes no such name')),
  },
  {
    id: 'absolute',
    title: 'does not reach outside by a whole path of the host',
    for: 'reads',
    paths: () => [
      '/',
      '//',
      '/.',
      '/etc/passwd',
      '//etc/passwd',
      '/./etc/../etc/passwd',
      '/proc/self/exe',
      '/proc/self/environ',
      '/sandbox/file',
      `${'../'.repeat(64)}etc/passwd`,
      `folder/${'../'.repeat(64)}etc/passwd`,
    ],
  },
  {
    id: 'kernel-links',
    title: "does not reach outside by links into the kernel's own folders, nor devices",
    for: 'reads',
    links: true,
    paths: () => [
      'root/etc/passwd',
      'root/proc/self/exe',
      'proc-root/etc/passwd',
      'proc-root/proc/self/cwd',
      'proc-cwd/stderr',
      'proc-fd/0',
      'proc-fd/2',
      'proc-cwd/stdout',
      'far-proc/exe',
      'far-proc/root/etc/passwd',
      'dev/null',
      'dev/fd/2',
      'dev/stderr',
    ],
  },
];

/** Preview 1 takes any bytes; preview 2 traps for those that are no UTF-8, which is the canonical ABI's. */
const NO_UTF8: Way = {
  id: 'no-utf8',
  title: 'takes no overlong UTF-8 for dots or slashes',
  paths: (name) => [
    bytes([0xc0, 0xae, 0xc0, 0xae], `/${name}`),
    bytes('..', [0xc0, 0xaf], name),
    bytes([0xe0, 0x80, 0xae, 0x2e], `/${name}`),
    bytes('folder/..', [0xc0, 0xaf], `../${name}`),
  ],
  // Names made of such bytes are the filesystem suite's affair as long as they stay inside.
  expects: ({ reads }) => (reads ? refused : undefined),
};

/** What says which error it is: a few paths of each kind. */
const PLAINLY_OUT = (name: string) => [
  `../${name}`,
  `folder/../../${name}`,
  `/${name === 'made' ? 'absent/made' : 'etc/passwd'}`,
  `up/${name}`,
  `world/${name}`,
  `folder/up/${name}`,
];

/** `/etc/passwd` is only for those that change nothing. */
const plainlyOut = ({ victim, reads }: PathCall) =>
  PLAINLY_OUT(victim).map((path) => (reads || !path.startsWith('/') ? path : `/absent/${victim}`));

const textOf = (seen: Observed | undefined) =>
  JSON.stringify(seen, (_, part) => (typeof part === 'bigint' ? String(part) : part));

/** A hash that is had by a path is that of the link, which no other file's is. */
function isHashOf(s: ScriptBuilder, step: Step, link: Step): void {
  s.check('a hash is that of the link itself', [step, link], ({ values: [seen, own] }) => {
    return seen?.kind !== 'ok' || textOf(seen) === textOf(own) || 'it is that of something else';
  });
}

const wordsOf = (id: string) => id.replace(/\.(old|new)$/, ' by its $1 path');

export function escapes({ on, calls, directories, notPermitted, spec }: Preview): ConformanceCase[] {
  const begin = (s: ScriptBuilder) => directories(s)[0] ?? 0;
  const ways = on.wasi === 'p1' ? [...WAYS, NO_UTF8] : WAYS;
  const contained = calls.flatMap((one) =>
    ways
      .filter((way) => (way.for === 'reads' ? one.reads : way.for !== 'follows' || one.follow))
      .map(
        (way): ConformanceCase => ({
          ...on,
          id: `${one.id}/${way.id}`,
          title: `${wordsOf(one.id)} ${way.title}`,
          spec: way.links ? spec.links : spec.paths,
          world: WORLD,
          script: (s) => {
            const directory = begin(s);
            const call = way.for === 'follows' ? (one.follow ?? one.call) : one.call;
            const expected = way.expects ? way.expects(one) : refused;
            for (const path of way.paths(one.victim)) {
              const step = call(s, directory, path);
              if (expected) s.expect(step, expected);
              if (one.hashes && way.seesAs) isHashOf(s, step, call(s, directory, way.seesAs(String(path))));
            }
            unharmed(s);
          },
        }),
      ),
  );
  const saysWhy = calls.map(
    (one): ConformanceCase => ({
      ...on,
      id: `${one.id}/says-not-permitted`,
      title: `${wordsOf(one.id)} says of a path that leads out that it is not permitted`,
      spec: spec.paths,
      world: WORLD,
      script: (s) => {
        const directory = begin(s);
        for (const path of plainlyOut(one)) s.expect(one.call(s, directory, path), notPermitted);
        unharmed(s);
      },
    }),
  );
  return [...contained, ...saysWhy];
}
