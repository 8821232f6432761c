/** Starts programs as a user's shell would: with the Node asked for, and nothing of the checkout in the environment. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** What npm tells the scripts it runs; an npm below would take this package for the user's. */
const OF_NPM =
  /^(?:npm_(?:package|lifecycle)_|npm_config_(?:local_prefix|prefix)$|npm_(?:command|execpath|node_execpath)$)|^(?:INIT_CWD|NODE|NODE_OPTIONS|NODE_PATH)$/;

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end, at most ten minutes; `nodeFolder` goes before everything else on PATH. */
export async function run(words: string[], folder: string, nodeFolder?: string): Promise<Ended> {
  const [file = '', ...args] = words;
  const path = (process.env.PATH ?? '').split(delimiter).filter((entry) => !entry.startsWith(ROOT));
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_NPM.test(name)));
  env.PATH = [...(nodeFolder ? [nodeFolder] : []), ...path].join(delimiter);
  const child = spawn(file, args, {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: AbortSignal.timeout(600_000),
  });
  const ended: Ended = { code: null, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    ended.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    ended.stderr += text;
  });
  [ended.code] = (await once(child, 'close')) as [number | null];
  return ended;
}

/** As `run`; throws with the end of what was said unless it ended with exit code 0. */
export async function runWell(words: string[], folder: string, nodeFolder?: string): Promise<Ended> {
  const ended = await run(words, folder, nodeFolder);
  if (ended.code === 0) return ended;
  const said = `${ended.stdout}\n${ended.stderr}`.trim().split('\n').slice(-25).join('\n        ');
  throw new Error(`${words.slice(0, 4).join(' ')} … ended with ${ended.code}:\n        ${said}`);
}
