/** Preview 1: what the unharmed proxy says of each case, and which planted faults the cases find. */

import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { discoverRunners, discoverSuites } from '../../../harness/catalog/discover.ts';
import { loadGuests } from '../../../harness/catalog/guests.ts';
import type { ConformanceTrial } from '../../../harness/contracts/plan.ts';
import { prepareGuest } from '../../../harness/execute/prepared.ts';
import { makeRoster } from '../../../harness/install/roster.ts';
import { makePlan } from '../../../harness/plan/plan.ts';
import { huntWith, type Verdict } from '../hunt.ts';
import type { Mutant } from './fault.ts';
import { mutantRunner } from './mutantRunner.ts';

const ATTEMPTS = 3;

export interface Hunted {
  /** Cases on which the unharmed proxy and the bare runner disagree; there should be none. */
  disagreements: { trial: string; bare: string; proxy: string }[];
  /** What found each fault; undefined where nothing did. */
  found: Map<string, string | undefined>;
}

/** Hunts the faults with every case of preview 1. `step` hears of each fault that was hunted. */
export async function hunt(
  mutants: readonly Mutant[],
  step: (done: number, total: number) => void,
): Promise<Hunted> {
  const node = (await discoverRunners()).get('node');
  const suites = [...(await discoverSuites()).values()].map((suite) => ({
    ...suite,
    // Whether a race is lost is no sign of a fault.
    conformance: suite.conformance.filter(({ wasi, tags }) => wasi === 'p1' && !tags?.includes('race')),
  }));
  const cacheDir = resolve('out/cache');
  const guests = loadGuests();
  const [entry] = await makeRoster(node ? [node] : [], { cacheDir, install: false });
  const guest = guests.get('probe-p1');
  if (!entry?.found || !guest) throw new Error('node:wasi or its guest is not there');
  const { runner, found } = entry;
  const { artifact } = await prepareGuest(runner, found, guest, join(cacheDir, 'prepared'));
  const plan = makePlan({
    ...{ suites, roster: [entry], guests, only: 'none', processes: 2, patience: 1, seed: 1 },
    caseTimeoutMs: 5000,
  });
  const scratch = mkdtempSync(join(tmpdir(), 'wasimeter-mutants-'));
  const workers = Array.from({ length: availableParallelism() }, () =>
    huntWith({ found, artifact, scratch, signal: new AbortController().signal }),
  );
  const shared = async <Item>(
    items: readonly Item[],
    work: (item: Item, worker: Worker) => Promise<void>,
  ) => {
    const queue = [...items];
    const drain = async (worker: Worker) => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next, worker);
    };
    await Promise.all(workers.map(drain));
  };
  try {
    const bare = new Map<ConformanceTrial, Verdict>();
    const proxy = new Map<ConformanceTrial, Verdict>();
    await shared(plan.conformance, async (trial, { judge }) => {
      // A case that wavers by itself must not pass for a difference.
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        bare.set(trial, await judge(trial, runner));
        proxy.set(trial, await judge(trial, mutantRunner(runner, undefined)));
        if (bare.get(trial)?.outcome === proxy.get(trial)?.outcome) break;
      }
    });
    const passing = plan.conformance
      .filter((trial) => bare.get(trial)?.outcome === 'pass' && proxy.get(trial)?.outcome === 'pass')
      .toSorted((a, b) => proxy.get(a)!.durationMs - proxy.get(b)!.durationMs);
    const verdicts = new Map<string, string | undefined>();
    await shared(mutants, async (mutant, { find }) => {
      const covering = passing.filter((trial) => proxy.get(trial)?.covers.includes(mutant.function));
      verdicts.set(mutant.id, await find(covering, mutantRunner(runner, mutant.id)));
      step(verdicts.size, mutants.length);
    });
    const disagreements = plan.conformance.flatMap((trial) => {
      const [one, other] = [bare.get(trial)!, proxy.get(trial)!];
      const told = ({ outcome, reason }: Verdict) => `${outcome}${reason ? `: ${reason}` : ''}`;
      return one.outcome === other.outcome
        ? []
        : [{ trial: `${trial.suite} ${trial.case.id}`, bare: told(one), proxy: told(other) }];
    });
    return { disagreements, found: verdicts };
  } finally {
    for (const worker of workers) worker.close();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

type Worker = ReturnType<typeof huntWith>;
