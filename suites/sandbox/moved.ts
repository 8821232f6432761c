/** Owns directories that the guest holds open while their name comes to stand for something else. */

import { err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { World } from '../../harness/contracts/world.ts';
import { OUTSIDE, refused, unharmed } from './outside.ts';
import type { Directory, Preview } from './path-call.ts';

const WORLD: World = {
  preopens: [
    {
      guest: '/sandbox',
      entries: {
        file: 'inside',
        folder: { kind: 'directory', entries: { held: { kind: 'directory' }, file: 'inner' } },
      },
    },
  ],
  outside: OUTSIDE,
};

interface Move {
  id: string;
  title: string;
  /** What is done to `folder/held` once it is open. */
  away(preview: Preview, s: ScriptBuilder, first: Directory): void;
}

const MOVES: readonly Move[] = [
  {
    id: 'renamed',
    title: 'after its folder was renamed and a link out of the preopen took the name',
    away: ({ rename }, s, first) => {
      s.expect(rename(s, first, 'folder/held', first, 'moved'), ok());
    },
  },
  {
    id: 'removed',
    title: 'after its folder was removed and a link out of the preopen took the name',
    away: ({ removeDirectory }, s, first) => {
      s.expect(removeDirectory(s, first, 'folder/held'), ok());
    },
  },
];

const OPEN =
  'a link is only text, and may lead out as long as it is not followed; but it may be refused, too';

/** A descriptor is of the directory itself: what its name has become does not matter to it. */
export function moved(preview: Preview): ConformanceCase[] {
  const { on, calls, directories, plant, openDirectory, spec } = preview;
  return MOVES.flatMap(({ id, title, away }) =>
    calls.map(
      (one): ConformanceCase => ({
        ...on,
        id: `${one.id}/held-${id}`,
        title: `${one.id} by a held directory does not reach outside ${title}`,
        spec: spec.sandboxing,
        world: WORLD,
        script: (s) => {
          const first = directories(s)[0] as Directory;
          const held = openDirectory(s, first, 'folder/held');
          away(preview, s, first);
          s.expect(plant(s, first, '../..', 'folder/held'), oneOf(OPEN, ok(), refused));
          // Something may be made in the directory, which is still there; nothing of that name is found in it.
          const step = one.call(s, held, one.victim);
          if (one.victim !== 'made') s.expect(step, refused);
          s.expect(one.call(s, held, `../${one.victim}`), refused);
          unharmed(s);
        },
      }),
    ),
  );
}

const NAMES = ['/first', '/second'] as const;

/** Two folders side by side: what is granted of one says nothing of the other's surroundings. */
export function acrossPreopens({ on, calls, directories, rename, spec }: Preview): ConformanceCase[] {
  const world: World = {
    preopens: [
      { guest: NAMES[0], entries: { file: 'inside', folder: { kind: 'directory', entries: { file: 'x' } } } },
      { guest: NAMES[1], entries: { other: 'second' } },
    ],
    outside: OUTSIDE,
  };
  const elsewhere = on.wasi === 'p1' ? 'xdev' : 'cross-device';
  return [
    {
      ...on,
      id: 'preopens/no-way-between',
      title: 'One preopened folder is not reached by a path from the other, nor is what surrounds both',
      spec: spec.paths,
      world,
      script: (s) => {
        const [first = 0, second = 0] = directories(s, NAMES);
        for (const one of calls) {
          s.expect(one.call(s, first, '../preopen.1/other'), refused);
          s.expect(one.call(s, second, `../${one.victim}`), refused);
          s.expect(one.call(s, second, `../preopen.0/../${one.victim}`), refused);
        }
        unharmed(s);
      },
    },
    {
      ...on,
      id: 'preopens/rename-between',
      title:
        'What is renamed from one preopened folder to the other lands there, or it stays, and nothing else is touched',
      spec: spec.paths,
      world,
      script: (s) => {
        const [first = 0, second = 0] = directories(s, NAMES);
        const landed = oneOf(
          'renaming between filesystems may be refused',
          ok(),
          err(elsewhere),
          err(on.wasi === 'p1' ? 'notcapable' : 'not-permitted'),
        );
        s.expect(rename(s, first, 'folder', second, 'folder'), landed);
        s.expect(rename(s, first, 'file', second, '../made'), refused);
        s.expect(rename(s, first, 'file', second, 'folder/../../made'), refused);
        s.expect(rename(s, first, 'file', second, '../preopen.0/../made'), refused);
        unharmed(s);
      },
    },
  ];
}
