/** Building a runtime from its crate, which takes many minutes: only on the user's own word. */

import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { ChildError, runChild } from './children.ts';
import type { Brought } from './manifest.ts';
import type { Machine } from './options.ts';
import { SourceUnavailable } from './sourceTrouble.ts';

/** A line of cargo's is said at most this often. */
const SAY_EVERY_MS = 5_000;

/** Builds the crate and puts its executable into `tree`, using `scratch`. */
export async function buildCrate(
  crate: string,
  version: string,
  executable: string,
  tree: string,
  scratch: string,
  machine: Machine,
): Promise<Brought> {
  const root = path.join(scratch, 'cargo');
  await mkdir(root);
  const target = ['--root', root, '--target-dir', path.join(scratch, 'target')];
  let saidAt = 0;
  const onLine = (line: string) => {
    const step = /^\s*(?:Updating|Downloading|Downloaded|Compiling|Finished|Installing)\b.*/
      .exec(line)?.[0]
      .trim();
    if (step === undefined || performance.now() - saidAt < SAY_EVERY_MS) return;
    saidAt = performance.now();
    machine.onProgress(`cargo: ${step.slice(0, 120)}`);
  };
  saidAt = -SAY_EVERY_MS;
  await runChild('cargo', ['install', crate, '--version', version, '--locked', ...target], {
    env: machine.env,
    timeoutMs: machine.buildTimeoutMs,
    onLine,
  }).catch((error) => {
    if (error instanceof ChildError && error.notFound)
      throw new SourceUnavailable('cargo is not on this machine: install Rust first (rustup.rs)');
    throw error;
  });
  await copyFile(path.join(root, 'bin', executable), path.join(tree, executable));
  return {};
}
