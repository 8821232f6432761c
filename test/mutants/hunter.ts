/** Runs trials one after another on a runner, in warm children of its own, and tells what became of them. */

import { randomBytes } from 'node:crypto';
import type { ConformanceTrial } from '../../harness/contracts/plan.ts';
import type { Runner } from '../../harness/contracts/runner.ts';
import { runTrial } from '../../harness/execute/conformance.ts';
import { ownHand } from '../../harness/execute/hand.ts';
import { judgeCase } from '../../harness/judge/outcome.ts';
import type { Grounds } from './trials.ts';

const TIMEOUT_MS = 5000;
/** A fault that makes case after case hang is given up: no hang counts as found. */
const MOST_HANGS = 3;

export interface Verdict {
  outcome: string;
  reason?: string;
  covers: string[];
  durationMs: number;
}

export interface Hunter {
  /** All runs of a trial on a runner, judged. */
  judge(trial: ConformanceTrial, runner: Runner): Promise<Verdict>;
  /**
   * The first trial that fails on the runner, and fails again: found means that an assertion did not hold, never a hang, a crash
   * or an error of ours. Undefined where all pass. A fault may leave descriptors open by the thousand: its children end with it.
   */
  find(trials: readonly ConformanceTrial[], runner: Runner): Promise<ConformanceTrial | undefined>;
  close(): Promise<void>;
}

export function makeHunter({ found, artifactOf }: Grounds, scratch: string): Hunter {
  const hand = ownHand(scratch);
  const { signal } = new AbortController();

  const judge: Hunter['judge'] = async (trial, runner) => {
    const work = {
      ...{ timeoutMs: TIMEOUT_MS, scratch, signal },
      runnerOf: () => ({ runner, found, artifact: artifactOf(trial) }),
      nonce: () => randomBytes(8).toString('hex'),
    };
    const observations = [];
    for (let run = 0; run < trial.runs; run += 1)
      observations.push(await runTrial(work, { trial, run }, hand));
    return judgeCase(trial.case, runner.classify, observations);
  };

  const find: Hunter['find'] = async (trials, runner) => {
    let hangs = 0;
    for (const trial of trials) {
      if (hangs >= MOST_HANGS) return undefined;
      const { outcome } = await judge(trial, runner);
      if (outcome === 'fail' && (await judge(trial, runner)).outcome === 'fail') return trial;
      if (outcome === 'timeout') hangs += 1;
    }
    return undefined;
  };

  return {
    judge,
    find: (trials, runner) => find(trials, runner).finally(() => hand.close()),
    close: () => hand.close(),
  };
}
