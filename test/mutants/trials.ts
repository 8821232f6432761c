/** What faults of a preview are hunted with: its runner, the guests made ready for it, and all cases that call something. */

import { resolve } from 'node:path';
import { discoverRunners, discoverSuites } from '../../harness/catalog/discover.ts';
import { loadGuests } from '../../harness/catalog/guests.ts';
import type { ConformanceTrial } from '../../harness/contracts/plan.ts';
import type { Found, Runner } from '../../harness/contracts/runner.ts';
import { prepareGuest } from '../../harness/execute/prepared.ts';
import { hasTerminals } from '../../harness/execute/world/terminal.ts';
import { makeRoster } from '../../harness/install/roster.ts';
import { makePlan } from '../../harness/plan/plan.ts';
import type { Preview } from './preview.ts';

export interface Grounds {
  runner: Runner;
  found: Found;
  trials: ConformanceTrial[];
  artifactOf(trial: ConformanceTrial): string;
}

export const nameOf = ({ suite, case: { id } }: ConformanceTrial) => `${suite} ${id}`;

/** Fixtures are no probes: what they call is not told. `isWanted` chooses among the cases. */
export async function grounds(
  { wasi, runner: id }: Preview,
  isWanted: (trial: ConformanceTrial) => boolean,
): Promise<Grounds> {
  const cacheDir = resolve('out/cache');
  const chosen = (await discoverRunners()).get(id);
  const [entry] = await makeRoster(chosen ? [chosen] : [], { cacheDir, install: false });
  if (!entry?.found) throw new Error(`the runner ${id} is not there: ${entry?.missing ?? 'unknown'}`);
  const { runner, found } = entry;
  const suites = [...(await discoverSuites()).values()].map((suite) => ({
    ...suite,
    // Whether a race is lost is no sign of a fault.
    conformance: suite.conformance.filter(
      (one) => one.wasi === wasi && !one.fixture && !one.tags?.includes('race'),
    ),
    performance: [],
  }));
  const plan = makePlan({
    ...{ suites, roster: [entry], guests: loadGuests(), only: 'none', processes: 2, patience: 1, seed: 1 },
    caseTimeoutMs: 5000,
    terminals: await hasTerminals(),
  });
  const trials = plan.conformance.filter(isWanted);
  const artifacts = new Map<string, string>();
  for (const { guest } of trials)
    if (!artifacts.has(guest.id)) {
      const { artifact } = await prepareGuest(runner, found, guest, resolve(cacheDir, 'prepared'));
      artifacts.set(guest.id, artifact);
    }
  return { runner, found, trials, artifactOf: ({ guest }) => artifacts.get(guest.id)! };
}
