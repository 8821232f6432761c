/** Owns the environment and the arguments: a guest sees what it was granted of them, and nothing of the host's. */

import { type Expectation, ok } from '../../harness/contracts/expect.ts';
import { at } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { World } from '../../harness/contracts/world.ts';
import { OUTSIDE } from './outside.ts';
import { P1_CAPABILITIES, P2 } from './spec.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1', spec: P1_CAPABILITIES } as const;
const P2_CLI = { wasi: 'p2', guest: 'probe-p2-cli' } as const;

const BYTES = 4096;

/** The harness starts every runtime with PATH, LANG and a mark of its own in its environment. */
const WORLDS: readonly { id: string; title: string; world: World; granted: readonly string[] }[] = [
  { id: 'nothing-granted', title: 'A guest that was granted no variable sees none', world: {}, granted: [] },
  {
    id: 'only-granted',
    title: "A guest sees the variables that it was granted, and none of the host's besides",
    world: { env: { GRANTED: 'this', OTHER: '' } },
    granted: ['GRANTED=this', 'OTHER='],
  },
];

/** Where the arguments are the case's, the script comes by these. */
const OURS = /^WASIMETER_/;

const textsIn = (bytes: Uint8Array) => Buffer.from(bytes).toString().split('\0').filter(Boolean);
const variables = (granted: readonly string[]): Expectation =>
  ok(granted.join(' and ') || 'none', (value) => {
    const seen = (value as [string, string][]).map(([name, text]) => `${name}=${text}`);
    return seen.toSorted().join('\n') === granted.toSorted().join('\n');
  });

const environment = WORLDS.flatMap(({ id, title, world, granted }): ConformanceCase[] => [
  {
    ...P1,
    id: `environ_get/${id}`,
    title,
    world,
    script: (s) => {
      const [list, block] = [s.alloc(BYTES), s.alloc(BYTES)];
      const sizes = s.call('environ_sizes_get');
      s.expect(sizes, ok());
      const got = s.raw('environ_get', [list, block], [[block, BYTES]]);
      s.check(
        `the environment is ${granted.join(' and ') || 'empty'}`,
        [sizes, got],
        ({ values: [size, seen] }) => {
          if (size?.kind !== 'ok') return 'its size could not be had';
          if (granted.length === 0 && (size.value as number[])[0] === 0) return true;
          if (seen?.kind !== 'ok') return 'it could not be had';
          const texts = textsIn(seen.value as Uint8Array);
          if (texts.toSorted().join('\n') !== granted.toSorted().join('\n')) return texts.join(' ');
          return (size.value as number[])[0] === granted.length || `${JSON.stringify(size.value)} variables`;
        },
      );
    },
  },
  {
    ...P2_CLI,
    id: `get-environment/${id}`,
    title,
    spec: P2.environment,
    world,
    script: (s) => s.expect(s.call('wasi:cli/environment#get-environment'), variables(granted)),
  },
]);

const ARGS = ['first', '--dir', ''];

/** A folder and all above it, from the outermost on, but the root, which the guest may have one of its own of. */
function foldersTo(path: string): string[] {
  const names = path.split('/').filter(Boolean);
  return names.map((_, index) => `/${names.slice(0, index + 1).join('/')}`);
}

/** FNV-1a of 64 bits in hex, as the probe's digest gives it. */
const fnv = (text: string) =>
  Buffer.from(text)
    .reduce((hash, byte) => BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n), 0xcbf29ce484222325n)
    .toString(16)
    .padStart(16, '0');

const argumentsSeen: ConformanceCase[] = [
  {
    ...P1,
    id: 'args_get/only-granted',
    title: "A guest sees its own arguments, and none of the runtime's command line",
    world: { args: ARGS, preopens: [{ guest: '/sandbox' }], outside: OUTSIDE },
    script: (s) => {
      const [list, block] = [s.alloc(BYTES), s.alloc(BYTES)];
      const sizes = s.call('args_sizes_get');
      s.expect(sizes, ok());
      const got = s.raw(
        'args_get',
        [list, block],
        [
          [block, BYTES],
          [at`u32[${list} + 4]`, 64],
        ],
      );
      s.check('behind the program stand just the arguments', [sizes, got], ({ values: [size, seen] }) => {
        if (size?.kind !== 'ok' || seen?.kind !== 'ok') return 'they could not be had';
        const bytes = Buffer.from(seen.value as Uint8Array).subarray(0, BYTES);
        const texts = bytes.toString().replace(/\0*$/, '').split('\0').slice(1).join(' ');
        if (texts !== 'first --dir') return texts;
        return (size.value as number[])[0] === ARGS.length + 1 || JSON.stringify(size.value);
      });
    },
  },
  {
    ...P2_CLI,
    id: 'get-arguments/only-granted',
    title: "A guest sees its own arguments, and none of the runtime's command line",
    spec: P2.arguments,
    world: { args: ARGS },
    script: (s) =>
      s.expect(
        s.call('wasi:cli/environment#get-arguments'),
        ok(`${ARGS.join(' ')}, behind at most a name`, (value) => {
          const texts = value as string[];
          const own = texts.slice(-ARGS.length);
          return texts.length <= ARGS.length + 1 && own.join('\0') === ARGS.join('\0');
        }),
      ),
  },
  {
    ...P2_CLI,
    id: 'get-environment/with-arguments',
    title: 'A guest that was granted arguments alone sees no variable of the host',
    spec: P2.environment,
    world: { args: ARGS },
    script: (s) =>
      s.expect(
        s.call('wasi:cli/environment#get-environment'),
        ok('none but those that carry the script', (value) =>
          (value as [string, string][]).every(([name]) => OURS.test(name)),
        ),
      ),
  },
  {
    ...P2_CLI,
    id: 'initial-cwd/not-the-hosts',
    title: "The directory to begin in is none, or a path of the guest's, not where the host's process stands",
    spec: P2.cwd,
    // The runtime's process stands in a folder beside the one that holds the world's, which the host finds by the link.
    world: {
      preopens: [{ guest: '/sandbox', entries: { here: { kind: 'symlink', target: '', absolute: true } } }],
    },
    script: (s) => {
      const [area, above] = [s.alloc(12, 4), s.alloc(4, 4)];
      s.raw('wasi:cli/environment#initial-cwd', [area]);
      const text = at`u32[${area} + 4]`;
      const length = s.let(at`u8[${area}] * u32[${area} + 8]`);
      s.loop(length, (index) => {
        const isSlash = at`u8[${text} + ${index}] == 47`;
        s.store('u32', above, at`(${isSlash}) * ${index} + (1 - (${isSlash})) * u32[${above}]`);
      });
      // By digests, so that the path itself, which may be anybody's, is not recorded.
      const paths = [s.digest(text, length), s.digest(text, at`u32[${above}]`)];
      s.after("it is no path of the host's", paths, ({ values: [whole, folder], after }) => {
        const here = after[0]?.preopens[0]?.find((entry) => entry.path === 'here')?.target;
        if (whole?.kind !== 'digest' || folder?.kind !== 'digest' || !here) return 'nothing was looked at';
        const known = foldersTo(here);
        const isKnown = known.some((path) => [path, `${path}/`].map(fnv).includes(whole.fnv));
        if (isKnown) return 'it is where files of the host are, or above';
        return !known.slice(-2).map(fnv).includes(folder.fnv) || "it is where the host's process stands";
      });
    },
  },
];

export const environmentCases: ConformanceCase[] = [...environment, ...argumentsSeen];
