/** Runs trials one after another on a runner, in warm children of its own, and tells what became of them. */

import { randomBytes } from 'node:crypto';
import type { ConformanceTrial } from '../../harness/contracts/plan.ts';
import type { Runner } from '../../harness/contracts/runner.ts';
import { runTrial } from '../../harness/execute/conformance.ts';
import { ownHand } from '../../harness/execute/hand.ts';
import { judgeCase } from '../../harness/judge/outcome.ts';
import type { Grounds } from './trials.ts';

const TIMEOUT_MS = 5000;
/** With a fault: so much, and so many times what it took without one. A hang finds nothing, and many a fault makes cases hang. */
const HARMED_MS = 1500;
const HARMED_TIMES = 5;
/** A fault that makes case after case hang is given up. */
const MOST_HANGS = 12;

export interface Verdict {
  outcome: string;
  reason?: string;
  covers: string[];
  durationMs: number;
}

/** A case that may find a fault, with the time that it takes without one. */
export interface Candidate {
  trial: ConformanceTrial;
  durationMs: number;
}

export interface Hunter {
  /** All runs of a trial on a runner, judged. */
  judge(trial: ConformanceTrial, runner: Runner, timeoutMs?: number): Promise<Verdict>;
  /**
   * The first trial that fails on the runner, and fails again: found means that an assertion did not hold, never a hang, a crash
   * or an error of ours. Undefined where all pass. A fault may leave descriptors open by the thousand: its children end with it.
   */
  find(cases: readonly Candidate[], runner: Runner): Promise<ConformanceTrial | undefined>;
  close(): Promise<void>;
}

/** What a case is about, by its id. */
const kindOf = ({ suite, case: { id } }: ConformanceTrial) => `${suite} ${id.replace(/\/.*$/, '')}`;

export function makeHunter({ found, artifactOf }: Grounds, scratch: string): Hunter {
  const hand = ownHand(scratch);
  const { signal } = new AbortController();

  const judge: Hunter['judge'] = async (trial, runner, timeoutMs = TIMEOUT_MS) => {
    const work = {
      ...{ timeoutMs, scratch, signal },
      runnerOf: () => ({ runner, found, artifact: artifactOf(trial) }),
      nonce: () => randomBytes(8).toString('hex'),
    };
    const observations = [];
    for (let run = 0; run < trial.runs; run += 1)
      observations.push(await runTrial(work, { trial, run }, hand));
    return judgeCase(trial.case, runner.classify, observations);
  };

  const find: Hunter['find'] = async (cases, runner) => {
    let queue = [...cases];
    for (let hangs = 0; queue.length > 0 && hangs < MOST_HANGS; ) {
      const { trial, durationMs } = queue.shift()!;
      const judged = () => judge(trial, runner, HARMED_MS + HARMED_TIMES * durationMs);
      const { outcome } = await judged();
      if (outcome === 'fail' && (await judged()).outcome === 'fail') return trial;
      if (outcome !== 'timeout') continue;
      hangs += 1;
      // Cases of one kind hang for one reason: the others first.
      const isAlike = (other: Candidate) => kindOf(other.trial) === kindOf(trial);
      queue = queue.toSorted((a, b) => Number(isAlike(a)) - Number(isAlike(b)));
    }
    return undefined;
  };

  return {
    judge,
    find: (cases, runner) => find(cases, runner).finally(() => hand.close()),
    close: () => hand.close(),
  };
}
