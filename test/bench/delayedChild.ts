/** Runs a preview 1 guest under node:wasi with every import wrapped alike, and a busy-wait planted in one of them. */

import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';

interface Start {
  artifact: string;
  args: string[];
  env: Record<string, string>;
  preopens: Record<string, string>;
  /** The import that waits, and for how many rounds of `spin`; 0 plants nothing. */
  planted: { name: string; rounds: number };
}

const { artifact, args, env, preopens, planted } = JSON.parse(process.argv[2] ?? '{}') as Start;

let sink = 1;
/** A loop of one dependent chain: it takes the same time in every round. */
function spin(rounds: number): void {
  let value = sink;
  for (let round = 0; round < rounds; round += 1) value = (Math.imul(value, 1_103_515_245) + 12_345) | 0;
  sink = value;
}

/** Nanoseconds that `spin(rounds)` takes at best: the shortest of 200 batches of 50. */
function spinNs(rounds: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let batch = 0; batch < 200; batch += 1) {
    const begin = process.hrtime.bigint();
    for (let call = 0; call < 50; call += 1) spin(rounds);
    best = Math.min(best, Number(process.hrtime.bigint() - begin) / 50);
  }
  return best;
}

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
  Object.entries(functions).map(([name, call]) => {
    const rounds = name === planted.name ? planted.rounds : 0;
    return [
      name,
      (...words: unknown[]) => {
        spin(rounds);
        return call(...words);
      },
    ];
  }),
);
const module = await WebAssembly.compile(await readFile(artifact));
const before = spinNs(planted.rounds);
wasi.start(await WebAssembly.instantiate(module, { wasi_snapshot_preview1: wrapped }));
console.log(JSON.stringify({ spinNs: Math.min(before, spinNs(planted.rounds)) }));
