/** Runs a wasm of the user's own in rounds: a fresh process of each arm in turn, in an order seeded anew for each round. */

import type { OwnProcess } from '../../contracts/ownWasm.ts';
import type { Command } from '../../contracts/runner.ts';
import { randomFrom } from '../../stats/random.ts';
import { shuffle } from '../../stats/shuffle.ts';
import { runOwn } from './ownProcess.ts';

/** What is started again and again. */
export interface OwnArm {
  /** Unique. */
  id: string;
  command: Command;
  stdinFile?: string | undefined;
}

export interface OwnRounds {
  arms: readonly OwnArm[];
  rounds: number;
  seed: number;
  /** What the rounds are for: each purpose has orders of its own. */
  purpose: string;
  isWatched: boolean;
  scratchFolder: string;
  timeoutMs: number;
  /** False ends the arm: it failed. */
  onDone(arm: OwnArm, process: OwnProcess): boolean;
  signal: AbortSignal;
}

/** One process at a time, and nothing of ours beside it. Ends early when aborted. */
export async function runOwnRounds(work: OwnRounds): Promise<void> {
  const random = randomFrom(work.seed, 'time', work.purpose);
  const ended = new Set<string>();
  for (let round = 0; round < work.rounds; round += 1)
    for (const arm of shuffle(work.arms, random)) {
      if (work.signal.aborted) return;
      if (ended.has(arm.id)) continue;
      const { command, stdinFile } = arm;
      const { scratchFolder, timeoutMs, isWatched } = work;
      const process = await runOwn({ command, stdinFile, scratchFolder, timeoutMs, isWatched });
      if (work.signal.aborted) return;
      if (!work.onDone(arm, process)) ended.add(arm.id);
    }
}
