/** Owns what the guest finds in its folder: few files, and links that lead out in every way. */

import type { FileTree, World } from '../../harness/contracts/world.ts';
import { OUTSIDE } from './outside.ts';

const link = (target: string) => ({ kind: 'symlink', target }) as const;
const absolute = (target: string) => ({ kind: 'symlink', target, absolute: true }) as const;

const INSIDE: FileTree = {
  file: 'inside',
  folder: {
    kind: 'directory',
    entries: { file: 'inner', deep: { kind: 'directory' }, up: link('../..') },
  },
  'deep-link': link('folder/deep'),
  // Directories outside.
  up: link('..'),
  'up-again': link('up'),
  'up-slashes': link('.//..//'),
  'up-by-folder': link('folder/../..'),
  'up-by-link': link('folder/up'),
  back: link('../preopen.0'),
  root: link('/'),
  world: absolute(''),
  'world-again': link('./world'),
  // Each victim, by a link that goes up and by one that is a whole path.
  ...Object.fromEntries(
    ['secret', 'empty', 'pointer', 'made'].flatMap((name) => [
      [`to-${name}`, link(`../${name}`)],
      [`to-${name}-whole`, absolute(name)],
      [`to-${name}-chained`, link(`to-${name}`)],
      [`to-${name}-by-folder`, link(`folder/../../${name}`)],
      [`to-${name}-by-up`, link(`up/${name}`)],
    ]),
  ),
  // The kernel's own links: following them as it does leads anywhere.
  'proc-root': link('/proc/self/root'),
  'proc-cwd': link('/proc/self/cwd'),
  'proc-fd': link('/proc/self/fd'),
  'proc-exe': link('/proc/self/exe'),
  'far-proc': link('../../../../../../../../../../../../../../../../proc/self'),
  dev: link('/dev'),
};

export const WORLD: World = {
  preopens: [{ guest: '/sandbox', entries: INSIDE }],
  outside: OUTSIDE,
};
