/** Owns links that the guest itself makes, moves or hides behind others in order to follow them out. */

import { ok, oneOf } from '../../harness/contracts/expect.ts';
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
        folder: { kind: 'directory', entries: { deep: { kind: 'directory', entries: { file: 'deepest' } } } },
      },
    },
  ],
  outside: OUTSIDE,
};

interface Planting {
  id: string;
  title: string;
  /** Makes the links; those that a text leaves open are `plant`ed, the rest must succeed. */
  make(at: { plant(text: string, path: string): void; rename(old: string, path: string): void }): void;
  /** A directory outside, by those links. */
  out: string;
  /** For a runtime that goes by the text alone it is the first folder itself, which may be seen. */
  isInsideAsText?: true;
}

const PLANTINGS: readonly Planting[] = [
  { id: 'up', title: 'a link to `..`', make: ({ plant }) => plant('..', 'l'), out: 'l' },
  {
    id: 'up-in-folder',
    title: 'a link in a folder that goes up once more than the folder is deep',
    make: ({ plant }) => plant('../..', 'folder/l'),
    out: 'folder/l',
  },
  {
    id: 'up-slowly',
    title: 'a link down and up again, once more than down',
    make: ({ plant }) => plant('folder/deep/../../..', 'l'),
    out: 'l',
  },
  {
    id: 'absolute',
    title: 'a link that is a whole path of the host',
    make: ({ plant }) => plant('/proc/self/cwd/..', 'l'),
    out: 'l',
  },
  {
    id: 'chain',
    title: 'links to links, the last of which is made when the others are there already',
    make: ({ plant }) => {
      plant('b', 'a');
      plant('folder/c', 'b');
      plant('../..', 'folder/c');
    },
    out: 'a',
  },
  {
    id: 'link-moved-up',
    title: 'a link to the folder above, moved up into the first folder',
    make: ({ plant, rename }) => {
      plant('..', 'folder/l');
      rename('folder/l', 'l');
    },
    out: 'l',
  },
  {
    id: 'folder-moved-up',
    title: 'a folder with a link in it that stays inside until the folder is moved up',
    make: ({ plant, rename }) => {
      plant('../..', 'folder/deep/l');
      rename('folder/deep', 'moved');
    },
    out: 'moved/l',
  },
  {
    id: 'up-behind-itself',
    title: 'a link that goes up behind a link to the folder itself, which as mere text stays inside',
    make: ({ plant }) => {
      plant('.', 'self');
      plant('self/..', 'l');
    },
    out: 'l',
    isInsideAsText: true,
  },
  {
    id: 'up-behind-folder',
    title: 'a link that goes up twice behind a link which is nearer to the top than its text says',
    make: ({ plant }) => {
      plant('.', 'folder/here');
      plant('folder/here/../..', 'l');
    },
    out: 'l',
    isInsideAsText: true,
  },
  {
    id: 'folder-replaced',
    title: 'a link in the place of a folder that was used before',
    make: ({ plant, rename }) => {
      rename('folder', 'moved');
      plant('..', 'folder');
    },
    out: 'folder',
  },
];

const OPEN =
  'a link is only text, and may lead out as long as it is not followed; but it may be refused, too';

/** All functions on one planting: whoever lets one through most likely lets all. */
export function planted({ on, calls, directories, plant, rename, spec }: Preview): ConformanceCase[] {
  return PLANTINGS.map(
    ({ id, title, make, out, isInsideAsText }): ConformanceCase => ({
      ...on,
      id: `planted/${id}`,
      title: `No function follows ${title}`,
      spec: spec.links,
      world: WORLD,
      script: (s: ScriptBuilder) => {
        const directory = directories(s)[0] as Directory;
        make({
          plant: (text, path) => s.expect(plant(s, directory, text, path), oneOf(OPEN, ok(), refused)),
          rename: (old, path) => {
            rename(s, directory, old, directory, path);
          },
        });
        for (const one of calls) {
          const step = one.call(s, directory, `${out}/${one.victim}`);
          // A runtime that goes by the text alone may make something inside.
          if (one.victim !== 'made') s.expect(step, refused);
        }
        for (const one of calls)
          if (one.reads && one.follow && !isInsideAsText) s.expect(one.follow(s, directory, out), refused);
        unharmed(s);
      },
    }),
  );
}
