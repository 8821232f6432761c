/** Owns the look at how quiet the machine is: the guests' control loop in a process of its own, nothing of ours beside it. */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { HostNoise } from '../contracts/run.ts';
import { quietTime } from '../stats/quietTime.ts';
import type { NoiseAnswer, NoiseQuestion } from './hostNoiseChild.ts';

/** `.ts` in the checkout, `.js` in the built package. */
const CHILD = new URL(import.meta.url.replace(/hostNoise(\.\w+)$/, 'hostNoiseChild$1'));
/** On top of the time asked for: a process's start on a machine that is very busy. */
const GRACE_MS = 20_000;

/** What the control loop showed; whether that is enough, the judge says. */
export type HostLook = Omit<HostNoise, 'verdict'>;

/**
 * Runs the control loop of `wasmFile`, a preview 1 probe, for `durationMs` in a fresh process. The caller holds the measuring lock.
 * Throws where that process can't be started or gives no times, and when the signal is aborted.
 */
export async function sampleHostNoise(
  wasmFile: string,
  durationMs: number,
  signal?: AbortSignal,
): Promise<HostLook> {
  const limit = AbortSignal.timeout(durationMs + GRACE_MS);
  const child = fork(CHILD, [], {
    // The user's NODE_OPTIONS and this process's own are none of its business.
    ...{ env: {}, execArgv: [], serialization: 'advanced', killSignal: 'SIGKILL' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000);
  });
  let answer: NoiseAnswer | undefined;
  child.once('message', (message) => {
    answer = message as NoiseAnswer;
  });
  child.send({ wasmFile, durationMs } satisfies NoiseQuestion, () => {});
  await once(child, 'close');
  if (!answer) throw new Error(`the control loop gave no times: ${lastLine(said)}`);
  return sumUp(answer, durationMs);
}

function sumUp({ loops, controlNs }: NoiseAnswer, durationMs: number): HostLook {
  const { quickestNs, ...quiet } = quietTime(controlNs);
  return { durationMs, controls: controlNs.length, roundNs: quickestNs / loops, ...quiet };
}

const lastLine = (text: string) =>
  text.split('\n').findLast((line) => /Error/.test(line)) ?? 'it said nothing';
