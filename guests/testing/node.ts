/** Runs a script on probe-p1 in a child that holds node:wasi, and reads its records. */

import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Outcome, parseOutcome } from './records.ts';

export interface NodeTrial {
  /** From argv[1] on: options, then the script's parts. */
  args: string[];
  /** A host folder, seen as descriptor 3. */
  preopen?: string;
  /** An import that busily waits that long before each call. */
  slow?: { name: string; ns: number };
}

const WASM = join(import.meta.dirname, '../prebuilt/probe-p1.wasm');
const CHILD = join(import.meta.dirname, 'node-child.ts');

/** Runs a script with the default options; stderr goes to a file in `scratch`. */
export function runOnNode(scratch: string, script: string, more: Partial<NodeTrial> = {}): Outcome {
  return spawnNode(scratch, { args: ['nonce=c0ffee', script], ...more });
}

/** Runs a trial as it is given, behind another command (strace) if one is named. */
export function spawnNode(scratch: string, trial: NodeTrial, before: string[] = []): Outcome {
  const file = join(scratch, 'stderr.txt');
  const stderr = openSync(file, 'w');
  const own = [
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    CHILD,
    JSON.stringify({ ...trial, wasm: WASM }),
  ];
  const [command, ...args] = [...before, ...own];
  const { status } = spawnSync(command!, args, { stdio: ['ignore', 'ignore', stderr], timeout: 20_000 });
  closeSync(stderr);
  return parseOutcome(readFileSync(file, 'utf8'), status);
}
