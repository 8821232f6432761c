/** Opens a case's world for one trial, and looks at it when the guest has ended. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Trial } from '../../contracts/runner.ts';
import type { World, WorldAfter } from '../../contracts/world.ts';
import { makeTree } from './fileTree.ts';
import { lookAt } from './look.ts';

export interface OpenedWorld {
  preopens: Trial['preopens'];
  /** What has become of the files. */
  look(): Pick<WorldAfter, 'preopens' | 'outside'>;
}

/** Where the preopened folders are, or will be. */
export function preopensOf(world: World, folder: string): Trial['preopens'] {
  return (world.preopens ?? []).map(({ guest, readOnly }, index) => ({
    host: join(folder, `preopen.${index}`),
    guest,
    ...(readOnly ? { readOnly } : {}),
  }));
}

/** What the harness itself puts beside the preopened folders, and they themselves. */
const OURS = /^(?:preopen\.\d+|stdin|stdin\.pipe|stdout\.pipe|stdout\.read|terminal)$/;

/** Makes the preopened folders below `folder`, and what stands beside them. Throws where the filesystem can't hold what the case asks for. */
export async function openWorld(world: World, folder: string): Promise<OpenedWorld> {
  const preopens = preopensOf(world, folder);
  // First: what is preopened may have hard links to it.
  if (world.outside) await makeTree(folder, world.outside, folder);
  for (const [index, { host }] of preopens.entries()) {
    mkdirSync(host);
    await makeTree(host, world.preopens?.[index]?.entries ?? {});
  }
  return {
    preopens,
    look: () => ({
      preopens: preopens.map(({ host }) => lookAt(host)),
      ...(world.outside ? { outside: lookAt(folder, (name) => OURS.test(name)).slice(1) } : {}),
    }),
  };
}
