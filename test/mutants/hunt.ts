/** Hunts planted faults: runs the cases that call the function until one of them fails. */

import { randomBytes } from 'node:crypto';
import type { ConformanceTrial } from '../../harness/contracts/plan.ts';
import type { Found, Runner } from '../../harness/contracts/runner.ts';
import { runTrial } from '../../harness/execute/conformance.ts';
import { ownHand } from '../../harness/execute/hand.ts';
import { judgeCase } from '../../harness/judge/outcome.ts';

const TIMEOUT_MS = 5000;
/** A fault that makes case after case hang is given up: no hang counts as found. */
const MOST_HANGS = 3;

export interface Lair {
  found: Found;
  artifact: string;
  scratch: string;
  signal: AbortSignal;
}

export interface Verdict {
  outcome: string;
  reason?: string;
  covers: string[];
  durationMs: number;
}

/** A worker that runs trials one after another, keeping its warm children. */
export function huntWith({ found, artifact, scratch, signal }: Lair) {
  const hand = ownHand(scratch);

  /** All runs of a trial on a runner, judged. */
  const judge = async (trial: ConformanceTrial, runner: Runner): Promise<Verdict> => {
    const work = {
      ...{ timeoutMs: TIMEOUT_MS, scratch, signal },
      runnerOf: () => ({ runner, found, artifact }),
      nonce: () => randomBytes(8).toString('hex'),
    };
    const observations = [];
    for (let run = 0; run < trial.runs; run += 1)
      observations.push(await runTrial(work, { trial, run }, hand));
    return judgeCase(trial.case, runner.classify, observations);
  };

  /**
   * The first trial that fails on the runner: found means that an assertion did not hold, never a hang, a crash or an error of
   * ours. Undefined where all pass.
   */
  const find = async (trials: readonly ConformanceTrial[], runner: Runner): Promise<string | undefined> => {
    let hangs = 0;
    for (const trial of trials) {
      if (hangs >= MOST_HANGS) return undefined;
      const { outcome } = await judge(trial, runner);
      if (outcome === 'fail') return `${trial.suite} ${trial.case.id}`;
      if (outcome === 'timeout') hangs += 1;
    }
    return undefined;
  };

  const close = () => hand.close();

  return {
    judge,
    /** A fault may leave descriptors open by the thousand: each is hunted in a child of its own. */
    find: (trials: readonly ConformanceTrial[], runner: Runner) => find(trials, runner).finally(close),
    close,
  };
}
