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
  look(): WorldAfter['preopens'];
}

/** Where the preopened folders are, or will be. */
export function preopensOf(world: World, folder: string): Trial['preopens'] {
  return (world.preopens ?? []).map(({ guest }, index) => ({
    host: join(folder, `preopen.${index}`),
    guest,
  }));
}

/** Makes the preopened folders below `folder`. Throws where the filesystem can't hold what the case asks for. */
export async function openWorld(world: World, folder: string): Promise<OpenedWorld> {
  const preopens = preopensOf(world, folder);
  for (const [index, { host }] of preopens.entries()) {
    mkdirSync(host);
    await makeTree(host, world.preopens?.[index]?.entries ?? {});
  }
  return { preopens, look: () => preopens.map(({ host }) => lookAt(host)) };
}
