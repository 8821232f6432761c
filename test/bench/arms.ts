/** Times two variants of a runner side by side for the benches: latencies, with what is installed or can be. */

import { resolve } from 'node:path';
import { discoverSuites } from '../../harness/catalog/discover.ts';
import { loadGuests } from '../../harness/catalog/guests.ts';
import type { Observation } from '../../harness/contracts/observation.ts';
import type { RosterEntry } from '../../harness/contracts/plan.ts';
import type { Runner } from '../../harness/contracts/runner.ts';
import type { PerformanceCase } from '../../harness/contracts/suite.ts';
import type { HostWatch } from '../../harness/execute/hostWatch.ts';
import { makeRoster } from '../../harness/install/roster.ts';
import type { FigurePair } from '../../harness/judge/figurePairs.ts';
import { benchmarkName } from '../../harness/naming/benchmarkName.ts';
import { sideBySide } from '../../harness/sideBySide.ts';

const CACHE = resolve(process.env.WASIMETER_CACHE ?? 'out/cache');
/** A gate that must not cry wolf waits for a quiet machine. */
const PATIENCE = 3;

export interface Repeats {
  processes: number;
  repeats: number;
  seed: number;
  /** Which latencies, all unless given. */
  takes?: (suite: string, one: PerformanceCase) => boolean;
  /** Of each process at least; five a pass unless given. */
  batches?: number;
  /** Told when a repeat begins and ends to measure. */
  host?: HostWatch;
}

export interface TimedArms {
  /** One list for each repeat. */
  pairs: FigurePair[][];
  observations: Observation[];
  /** Without what was waited for others that measured. */
  measuredMs: number;
}

/** Latencies of both runners, their processes interleaved. */
export async function timeArms(
  runners: [Runner, Runner],
  { takes = () => true, host, ...repeats }: Repeats,
): Promise<TimedArms> {
  // Found under their own ids: the arms of one runner start one file.
  const found = await foundOf(runners[0].id === runners[1].id ? [runners[0]] : runners);
  const arms = runners.map((runner) => {
    const entry = found.find((one) => one.runner.id === runner.id);
    if (!entry) throw new Error(`${runner.id} was not looked for`);
    return { ...entry, runner };
  }) as [RosterEntry, RosterEntry];
  const suites = [...(await discoverSuites()).values()].map((suite) => ({
    ...suite,
    performance: suite.performance.filter((one) => one.metric === 'latency' && takes(suite.id, one)),
  }));
  const all: TimedArms = { pairs: [], observations: [], measuredMs: 0 };
  const input = { ...repeats, suites, guests: loadGuests(), patience: PATIENCE };
  for await (const repeat of sideBySide(arms, input, {
    cacheFolder: `${CACHE}/prepared`,
    progress: { step: () => {}, note: (text) => console.error(text) },
    signal: new AbortController().signal,
    ...(host ? { host } : {}),
  })) {
    all.pairs.push(repeat.pairs);
    all.observations.push(...repeat.observations);
    all.measuredMs += spanMs(repeat.observations);
    console.error(
      `${runners[0].id}: repeat ${repeat.number} of ${repeats.repeats}, ${farthest(repeat.pairs)}`,
    );
  }
  return all;
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

function farthest(pairs: readonly FigurePair[]): string {
  const far = pairs
    .map(({ a, b }) => ({ what: benchmarkName(a), apart: Math.abs(b.value / a.value - 1) }))
    .toSorted((one, other) => other.apart - one.apart)
    .slice(0, 3);
  return `farthest apart ${far.map(({ what, apart }) => `${(apart * 100).toFixed(2)}% (${what})`).join(', ')}`;
}

/** From the start of the first timed process to the end of the last. */
function spanMs(observations: readonly Observation[]): number {
  const timed = observations.filter((one) => one.kind === 'timing');
  const [first, last] = [timed[0], timed.at(-1)];
  return first && last ? Number(BigInt(last.endRealtimeNs) - BigInt(first.beginRealtimeNs)) / 1e6 : 0;
}
