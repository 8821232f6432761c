/** Times two variants of a runner side by side, several repeats over, with the harness's own plan, execution and measuring. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { discoverSuites } from '../../harness/catalog/discover.ts';
import { loadGuests } from '../../harness/catalog/guests.ts';
import type { Observation } from '../../harness/contracts/observation.ts';
import type { RosterEntry } from '../../harness/contracts/plan.ts';
import type { PerformanceRecord } from '../../harness/contracts/run.ts';
import type { Runner } from '../../harness/contracts/runner.ts';
import type { PerformanceCase } from '../../harness/contracts/suite.ts';
import { execute } from '../../harness/execute/execute.ts';
import { makeRoster } from '../../harness/install/roster.ts';
import { lackingArms } from '../../harness/measure/lackingArms.ts';
import { measure } from '../../harness/measure/measure.ts';
import { makePlan } from '../../harness/plan/plan.ts';

const CACHE = resolve(process.env.WASIMETER_CACHE ?? 'out/cache');
/** A gate that must not cry wolf waits for a quiet machine. */
const PATIENCE = 3;

export interface Repeats {
  processes: number;
  repeats: number;
  seed: number;
  /** Which latencies, all unless given. */
  takes?: (suite: string, one: PerformanceCase) => boolean;
}

/** One call timed in both arms. */
export interface Pair {
  name: string;
  wasi: string;
  a: PerformanceRecord;
  b: PerformanceRecord;
}

export interface TimedArms {
  /** One list for each repeat. */
  pairs: Pair[][];
  observations: Observation[];
}

/** Latencies of both runners, their processes interleaved. */
export async function timeArms(
  runners: [Runner, Runner],
  { processes, repeats, seed, takes = () => true }: Repeats,
): Promise<TimedArms> {
  const ids = ['a', 'b'] as const;
  // Found under their own ids: a copy of the executable for each arm is another file, in other pages of memory, and that alone is worth 4%.
  const found = await foundOf(runners[0].id === runners[1].id ? [runners[0]] : runners);
  const roster = runners.map((runner, index) => {
    const entry = found.find((one) => one.runner.id === runner.id);
    if (!entry) throw new Error(`${runner.id} was not looked for`);
    return { ...entry, runner: { ...runner, id: `${runner.id} ${ids[index]}` } };
  });
  const [a, b] = roster.map((entry) => entry.runner) as [Runner, Runner];
  const suites = [...(await discoverSuites()).values()].map((suite) => ({
    ...suite,
    conformance: [],
    performance: suite.performance.filter((one) => one.metric === 'latency' && takes(suite.id, one)),
  }));
  const plan = makePlan({
    ...{ suites, roster, guests: loadGuests(), only: 'all', caseTimeoutMs: 10_000, seed },
    ...{ processes, patience: PATIENCE },
  });
  const folder = mkdtempSync(join(tmpdir(), 'wasimeter-bench-'));
  const all: TimedArms = { pairs: [], observations: [] };
  try {
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const observations = await execute(
        { ...plan, seed: seed + repeat },
        {
          journalFile: join(folder, `journal.${repeat}.ndjson`),
          scratchFolder: join(folder, 'scratch'),
          cacheFolder: join(CACHE, 'prepared'),
          progress: { step: () => {}, note: (text) => console.error(text) },
          lacking: lackingArms,
          unexpected: () => [],
          signal: new AbortController().signal,
        },
      );
      const pairs = pairsOf(measure(plan, observations).performance, a.id, b.id);
      all.pairs.push(pairs);
      const far = pairs
        .map(({ wasi, name, a, b }) => ({ what: `${wasi} ${name}`, apart: Math.abs(b.value / a.value - 1) }))
        .toSorted((one, other) => other.apart - one.apart)
        .slice(0, 3);
      console.error(
        `${runners[0].id}: repeat ${repeat + 1} of ${repeats}, farthest apart ${far.map(({ what, apart }) => `${(apart * 100).toFixed(2)}% (${what})`).join(', ')}`,
      );
      all.observations.push(...observations);
    }
    return all;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A roster of runners with what is installed; throws for one that is not there. */
export async function foundOf(runners: Runner[]): Promise<RosterEntry[]> {
  const roster = await makeRoster(runners, {
    cacheDir: CACHE,
    install: true,
    onProgress: (line) => console.error(line),
  });
  for (const { runner, missing } of roster) if (missing) throw new Error(`${runner.id}: ${missing}`);
  return roster;
}

function pairsOf(performance: PerformanceRecord[], a: string, b: string): Pair[] {
  return performance
    .filter((one) => one.runner === a)
    .flatMap((one) => {
      const other = performance.find(
        (two) =>
          two.runner === b && two.suite === one.suite && two.case === one.case && two.wasi === one.wasi,
      );
      return other ? [{ name: `${one.suite}/${one.case}`, wasi: one.wasi, a: one, b: other }] : [];
    });
}
