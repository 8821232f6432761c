/** The process that runs the guests' control loop for a while: told a wasm file and a time, it answers with the durations. */

import { readFileSync } from 'node:fs';
import { parseRecords } from '../script/records.ts';
import { runProbe } from './probeInstance.ts';
import { scriptArguments } from './scriptArguments.ts';

export interface NoiseQuestion {
  wasmFile: string;
  durationMs: number;
}

export interface NoiseAnswer {
  /** Rounds of the control loop in each duration. */
  loops: number;
  controlNs: number[];
}

/** Bytes of memory bound this, and a look must be short against the time given: about 10 ms of controls. */
const BATCHES = 250;
/** The first looks run while V8 still compiles: they settle the loop's length and are not counted. */
const WARM_UP_LOOKS = 3;
const NONCE = '0';

process.once('message', async ({ wasmFile, durationMs }: NoiseQuestion) => {
  const module = await WebAssembly.compile(readFileSync(wasmFile));
  let loops = 0;
  for (let i = 0; i < WARM_UP_LOOKS; i += 1) loops = (await look(module, loops)).loops;
  const controlNs: number[] = [];
  const untilMs = performance.now() + durationMs;
  do controlNs.push(...(await look(module, loops)).controlNs);
  while (performance.now() < untilMs);
  const answer: NoiseAnswer = { loops, controlNs };
  process.send?.(answer, undefined, undefined, () => process.disconnect?.());
});

/** One instance of the probe, benching a call that does nothing, in batches as short as can be: nearly all of it is control. */
async function look(module: WebAssembly.Module, loops: number): Promise<NoiseAnswer> {
  const text = await runProbe(module, scriptArguments(`bench 0 ${BATCHES} 1 sched_yield`, NONCE, loops));
  const { ends, scriptError } = parseRecords(text, NONCE);
  const fields = ends.get(1)?.fields;
  const controlNs = fields?.control;
  if (!Array.isArray(controlNs) || !Number.isInteger(fields?.loops))
    throw new Error(`the probe gave no control times: ${scriptError?.error ?? text.slice(0, 200)}`);
  return { loops: Number(fields?.loops), controlNs: controlNs.map(Number) };
}
