/** Runs a script on a component probe by jco, in a child. */

import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transpile } from '@bytecodealliance/jco';
import { type Outcome, parseOutcome } from './records.ts';

const CHILD = join(import.meta.dirname, 'jco-child.ts');

/** Transpiles a prebuilt probe into a folder below `scratch`, which it returns. */
export async function transpileProbe(scratch: string, id: string): Promise<string> {
  const bytes = readFileSync(join(import.meta.dirname, `../prebuilt/${id}.wasm`));
  const folder = join(scratch, id);
  const { files } = await transpile(bytes, { name: 'probe', instantiation: 'async' });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content as Uint8Array);
  }
  return folder;
}

/** Runs a script; a trap shows as a non-zero status. */
export function runOnJco(folder: string, script: string): Outcome {
  const file = join(folder, 'stderr.txt');
  const stderr = openSync(file, 'w');
  const args = ['--disable-warning=ExperimentalWarning', CHILD, folder, 'nonce=c0ffee', script];
  const { status } = spawnSync(process.execPath, args, {
    stdio: ['ignore', 'ignore', stderr],
    timeout: 20_000,
  });
  closeSync(stderr);
  return parseOutcome(readFileSync(file, 'utf8'), status);
}
