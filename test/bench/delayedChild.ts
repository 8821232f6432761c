/** Runs a preview 1 guest under node:wasi with every import wrapped alike, and busy-waits planted in some of them. */

import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';
import type { Start as Given } from '../../runners/node/child.ts';
import { type Planted, tellWaits, wrap } from './plantedWait.ts';

interface Start extends Given {
  planted: Planted;
}

const { artifact, args, env, preopens, planted } = JSON.parse(process.argv[2] ?? '{}') as Start;

const wasi = new WASI({
  version: 'preview1',
  args: ['guest.wasm', ...args],
  env,
  preopens,
  returnOnExit: true,
});
const { wasi_snapshot_preview1: functions } = wasi.getImportObject() as {
  wasi_snapshot_preview1: Record<string, (...words: unknown[]) => unknown>;
};
const wrapped = Object.fromEntries(
  Object.entries(functions).map(([name, call]) => [name, wrap(name, call, planted[name])]),
);
const module = await WebAssembly.compile(await readFile(artifact));
wasi.start(await WebAssembly.instantiate(module, { wasi_snapshot_preview1: wrapped }));
tellWaits();
