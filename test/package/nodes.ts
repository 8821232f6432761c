/** The Nodes that the package is tried on: the oldest it promises, and the one the checkout runs on. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runWell } from './programs.ts';

const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  engines: { node: string };
};
const OLDEST = engines.node.replace(/^>=/, '');

export interface NodeVersion {
  version: string;
  /** The folder of its executable. */
  folder: string;
}

/** Both Nodes; the oldest comes as an npm package, kept in out/ for the next time. */
export async function nodes(): Promise<NodeVersion[]> {
  const kept = join(ROOT, 'out', 'package-test', `node-${OLDEST}`);
  const binaries = join(kept, 'node_modules', 'node', 'bin');
  if (!existsSync(join(binaries, 'node'))) {
    mkdirSync(kept, { recursive: true });
    writeFileSync(join(kept, 'package.json'), '{ "private": true, "allowScripts": { "node": true } }\n');
    await runWell(['npm', 'install', '--no-audit', '--no-fund', `node@${OLDEST}`], kept);
  }
  const folders = [binaries, join(ROOT, 'node_modules', 'node', 'bin')];
  return Promise.all(
    folders.map(async (folder) => ({
      version: (await runWell([join(folder, 'node'), '--version'], ROOT)).stdout.trim().replace(/^v/, ''),
      folder,
    })),
  );
}
