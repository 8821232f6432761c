/** Runs a preview 1 module under node:wasi, in a process of its own; an import can be slowed down on purpose. */

import { readFileSync } from 'node:fs';
import { WASI } from 'node:wasi';
import type { NodeTrial } from './node.ts';

const trial = JSON.parse(process.argv[2] ?? '') as NodeTrial & { wasm: string };
const wasi = new WASI({
  version: 'preview1',
  args: ['probe', ...trial.args],
  preopens: trial.preopen ? { '/': trial.preopen } : {},
  returnOnExit: true,
});
const imports = wasi.getImportObject() as {
  wasi_snapshot_preview1: Record<string, (...args: unknown[]) => unknown>;
};
const { slow } = trial;
if (slow) {
  const functions = imports.wasi_snapshot_preview1;
  const original = functions[slow.name]!;
  functions[slow.name] = (...args) => {
    const until = process.hrtime.bigint() + BigInt(slow.ns);
    while (process.hrtime.bigint() < until);
    return original(...args);
  };
}
const module = await WebAssembly.compile(readFileSync(trial.wasm));
const instance = await WebAssembly.instantiate(module, imports as WebAssembly.Imports);
process.exitCode = wasi.start(instance);
