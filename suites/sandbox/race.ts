/** Owns races: the host exchanges a folder and a link that leads out while the guest goes through that name, over and over. */

import type { Said, Seen } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { World } from '../../harness/contracts/world.ts';
import { harmTo, OUTSIDE, SECRET } from './outside.ts';
import { FIRST } from './preview1.ts';
import { DIRECTORIES, directories, method } from './preview2.ts';
import { P1_CAPABILITIES, P2 } from './spec.ts';

const ON = {
  p1: { wasi: 'p1', guest: 'probe-p1', spec: P1_CAPABILITIES },
  p2: { wasi: 'p2', guest: 'probe-p2-filesystem', spec: P2.sandboxing },
} as const;

const ATTEMPTS = 4000;
/** After so many it pauses, so that the host gets on with exchanging even where both share a processor. */
const BURST = 20;
const PAUSE_NS = 300_000n;
/** Opening costs some runtimes milliseconds while names change. */
const OPENINGS = 2000;
/** Between looking at a path's end and opening it there is less time than on the way there. */
const OPENINGS_AT_THE_END = 3000;
const INSIDE = 'inside';
/** Preview 1's filestat, and preview 2's result of a descriptor-stat. */
const SIZE_AT = { p1: 32, p2: 24 };

/** `folder/secret` is a file of ours, or the one outside. */
const FOLDER: World = {
  preopens: [
    {
      guest: '/sandbox',
      entries: {
        folder: { kind: 'directory', entries: { secret: INSIDE } },
        link: { kind: 'symlink', target: '..' },
      },
    },
  ],
  outside: OUTSIDE,
  race: { swap: ['folder', 'link'] },
};
/** `file` is ours, or a link to the one outside. */
const FILE: World = {
  preopens: [
    { guest: '/sandbox', entries: { file: INSIDE, link: { kind: 'symlink', target: '../secret' } } },
  ],
  outside: OUTSIDE,
  race: { swap: ['file', 'link'] },
};

/** What a loop's body has at hand, made before. */
interface Ground {
  directory: Slot | number;
  /** Pointer and length. */
  path: readonly [Slot, number];
  /** Of 128 bytes, for what comes back. */
  area: Slot;
  /** Flags: whether a link at the end is followed. */
  follow: 0 | 1;
  s: ScriptBuilder;
}

interface Attempt {
  id: string;
  title: string;
  path: string;
  world: World;
  follow?: true;
  attempts: number;
  /** One attempt; gives the size of what was seen, where something is seen. */
  once(ground: Ground): Slot | undefined;
}

const opensP1 = ({ s, directory, path, area, follow }: Ground): Slot => {
  const step = s.raw('path_open', [directory, follow, ...path, 0, 2n | (1n << 21n), 0n, 0, area]);
  const fd = s.let(at`(${step.result} == 0) * u32[${area}] + (${step.result} != 0) * 4294967295`);
  s.store('u64', at`${area} + 64`, 0);
  s.raw('fd_filestat_get', [fd, at`${area} + 32`]);
  s.raw('fd_close', [fd]);
  return at`u64[${area} + 64]`;
};

/** Where nothing was opened, the handle dropped is one more of the preopen: there is always one to drop. */
const opensP2 = ({ s, directory, path, area, follow }: Ground): Slot => {
  s.raw(method('open-at'), [directory, follow, ...path, 0, 1, area]);
  s.raw(DIRECTORIES, [at`${area} + 8`]);
  const handle = s.let(
    at`(u8[${area}] == 0) * u32[${area} + 4] + (u8[${area}] != 0) * u32[u32[${area} + 8]]`,
  );
  const stat = at`${area} + 16`;
  s.store('u64', at`${stat} + ${SIZE_AT.p2}`, 0);
  s.raw(method('stat'), [handle, stat]);
  s.drop('wasi:filesystem/types#descriptor', handle);
  return at`u64[${stat} + ${SIZE_AT.p2}]`;
};

const stats =
  (wasi: 'p1' | 'p2') =>
  ({ s, directory, path, area, follow }: Ground): Slot => {
    const size = at`${area} + ${SIZE_AT[wasi]}`;
    s.store('u64', size, 0);
    s.raw(wasi === 'p1' ? 'path_filestat_get' : method('stat-at'), [directory, follow, ...path, area]);
    return at`u64[${size}]`;
  };

const changes =
  (name: string, args: (ground: Ground) => (Slot | number | bigint)[]) =>
  (ground: Ground): undefined => {
    ground.s.raw(name, args(ground));
  };

const inFolder = (once: Attempt['once'], id: string, words: string, path = 'folder/secret'): Attempt => ({
  ...{ id, path, once, world: FOLDER, attempts: once === opensP1 || once === opensP2 ? OPENINGS : ATTEMPTS },
  title: `${words} while the folder on its way is exchanged for a link that leads out`,
});
const asFile = (once: Attempt['once'], id: string, words: string): Attempt => ({
  ...{
    id,
    path: 'file',
    once,
    world: FILE,
    follow: true,
    attempts: once === opensP1 ? OPENINGS_AT_THE_END : OPENINGS,
  },
  title: `${words} while the file is exchanged for a link that leads out`,
});

const P1_ATTEMPTS: readonly Attempt[] = [
  inFolder(stats('p1'), 'path_filestat_get/race', 'path_filestat_get sees nothing outside'),
  inFolder(opensP1, 'path_open/race', 'path_open opens nothing outside'),
  asFile(opensP1, 'path_open/race-at-the-end', 'path_open opens nothing outside'),
  inFolder(
    changes('path_create_directory', ({ directory, path }) => [directory, ...path]),
    'path_create_directory/race',
    'path_create_directory makes nothing outside',
    'folder/made',
  ),
  inFolder(
    changes('path_filestat_set_times', ({ directory, path }) => [directory, 0, ...path, 1n, 2n, 5]),
    'path_filestat_set_times/race',
    'path_filestat_set_times touches nothing outside',
  ),
  inFolder(
    changes('path_unlink_file', ({ directory, path }) => [directory, ...path]),
    'path_unlink_file/race',
    'path_unlink_file removes nothing outside',
  ),
];

const P2_ATTEMPTS: readonly Attempt[] = [
  inFolder(stats('p2'), 'descriptor.stat-at/race', 'stat-at sees nothing outside'),
  inFolder(opensP2, 'descriptor.open-at/race', 'open-at opens nothing outside'),
  asFile(opensP2, 'descriptor.open-at/race-at-the-end', 'open-at opens nothing outside'),
  inFolder(
    changes(method('create-directory-at'), ({ directory, path, area }) => [directory, ...path, area]),
    'descriptor.create-directory-at/race',
    'create-directory-at makes nothing outside',
    'folder/made',
  ),
  inFolder(
    // A timestamp of 3 s each: the variant's case, seconds, nanoseconds.
    changes(method('set-times-at'), ({ directory, path, area }) => [
      ...[directory, 0, ...path],
      ...[2, 3n, 0, 2, 3n, 0],
      area,
    ]),
    'descriptor.set-times-at/race',
    'set-times-at touches nothing outside',
  ),
  inFolder(
    changes(method('unlink-file-at'), ({ directory, path, area }) => [directory, ...path, area]),
    'descriptor.unlink-file-at/race',
    'unlink-file-at removes nothing outside',
  ),
];

/** A race that was not lost is no proof: the pass says how often it was run. */
function verdict(count: number, { values, after }: Seen): Said {
  const [outside = 0n, inside = 0n] = values.map((seen) =>
    seen.kind === 'ok' ? Buffer.from(seen.value as Uint8Array).readBigUInt64LE() : 0n,
  );
  const swaps = (after[0]?.swaps ?? 0).toLocaleString('en-US');
  const attempts = count.toLocaleString('en-US');
  const span = `${attempts} attempts, while the names were exchanged ${swaps} times`;
  if (outside > 0n) return `${outside} of ${span} saw the file outside`;
  const harm = harmTo(after[0]?.outside);
  if (harm !== true) return `${harm} (in ${span})`;
  return {
    holds: `not observed in ${span}${inside > 0n ? `; ${inside} attempts found the file inside` : ''}`,
  };
}

const pauses = {
  p1: (s: ScriptBuilder) => {
    const [subscription, event, size] = [s.alloc(48), s.alloc(32), s.alloc(4)];
    // Preview 1's clock 1, the monotonic one.
    s.store('u32', at`${subscription} + 16`, 1);
    s.store('u64', at`${subscription} + 24`, PAUSE_NS);
    return () => void s.raw('poll_oneoff', [subscription, event, 1, size]);
  },
  p2: (s: ScriptBuilder) => () => {
    const pollable = s.call('wasi:clocks/monotonic-clock#subscribe-duration', PAUSE_NS).value;
    s.call('wasi:io/poll#[method]pollable.block', pollable);
    s.drop('wasi:io/poll#pollable', pollable);
  },
};

const raced =
  (wasi: 'p1' | 'p2') =>
  ({ id, title, path: text, world, follow, attempts, once }: Attempt): ConformanceCase => ({
    ...ON[wasi],
    id,
    title,
    tags: ['race'],
    patience: 3,
    world,
    script: (s) => {
      const place = s.alloc(text.length, 1);
      s.put(place, text);
      const directory = wasi === 'p1' ? FIRST : (directories(s)[0] ?? 0);
      const ground: Ground = {
        ...{ s, directory, path: [place, text.length] },
        ...{ area: s.alloc(128), follow: follow ? 1 : 0 },
      };
      const [outside, inside] = [s.alloc(8), s.alloc(8)];
      const pause = pauses[wasi](s);
      s.loop(attempts / BURST, () => {
        for (let count = 0; count < BURST; count++) {
          const size = once(ground);
          if (!size) continue;
          s.store('u64', outside, at`u64[${outside}] + (${size} == ${SECRET.length})`);
          s.store('u64', inside, at`u64[${inside}] + (${size} == ${INSIDE.length})`);
        }
        pause();
      });
      s.after('nothing outside is reached', [s.show(outside, 8), s.show(inside, 8)], (seen) =>
        verdict(attempts, seen),
      );
    },
  });

export const races: ConformanceCase[] = [...P1_ATTEMPTS.map(raced('p1')), ...P2_ATTEMPTS.map(raced('p2'))];
