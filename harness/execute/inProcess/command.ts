/** Owns the command line of a process that hosts a guest and calls it. */

import { fileURLToPath } from 'node:url';
import type { Command, Runner, Trial } from '../../contracts/runner.ts';

/** `.ts` in the checkout, `.js` in the built package. */
const CHILD = fileURLToPath(import.meta.url.replace(/command(\.\w+)$/, 'callsChild$1'));

/** Throws for a runner that has no such host. */
export function inProcessCommand({ id, inProcess }: Runner, { artifact, args }: Trial): Command {
  if (!inProcess || 'reason' in inProcess) throw new Error(`${id} calls no guest in its own process`);
  const opening = JSON.stringify({ module: inProcess.module.href, artifact });
  return {
    file: process.execPath,
    args: ['--disable-warning=ExperimentalWarning', CHILD, opening, ...args],
  };
}
