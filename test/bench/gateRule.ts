/** Puts the gate's rule to recorded processes: whole gates drawn from them again and again, with and without a planted slowdown. */

import type { Verdict } from '../../harness/contracts/comparison.ts';
import type { PerformanceRecord } from '../../harness/contracts/run.ts';
import { floorOf, spreadOf } from '../../harness/judge/floors.ts';
import { compareArms, type GateRule, type TwoArms, toConfirm } from '../../harness/judge/gate.ts';
import type { ArmIn } from '../../harness/judge/pairs.ts';
import { processesFor } from '../../harness/judge/pilot.ts';
import { benchmarkName } from '../../harness/naming/benchmarkName.ts';
import { type Random, randomFrom } from '../../harness/stats/random.ts';

const PILOT_PROCESSES = 20;

/** What whole gates came to. */
export interface Tally {
  trials: number;
  /** By verdict, of the calls that were slowed, or of all where none was. */
  verdicts: Map<Verdict, number>;
  /** How many processes the pilots asked for. */
  processes: number[];
}

/**
 * Draws `trials` gates: a pilot, a first block, and a confirming one where the rule asks for it. Each block's processes are drawn with replacement, a
 * candidate's beside the baseline's in the order they were recorded, so that what drifts drifts in both. In each gate one call, another one each time, costs the
 * candidate `times` as much.
 */
export function drawGates(
  records: readonly PerformanceRecord[],
  { trials, times, seed }: { trials: number; times: number; seed: number },
): Tally {
  const tally: Tally = { trials, verdicts: new Map(), processes: [] };
  for (let trial = 0; trial < trials; trial += 1) {
    const random = randomFrom(seed, 'gate', String(times), String(trial));
    const slowed = times === 1 ? undefined : benchmarkName(records[trial % records.length]!);
    const processes = pilotOf(records, random, seed + trial);
    tally.processes.push(processes);
    const rule: GateRule = {
      ...{ seed: seed + trial, isStored: false, confirms: true, waivers: [], now: new Date(0) },
    };
    const block = () => blockOf(records, processes, random, slowed, times);
    const first = block();
    const once = compareArms(first, undefined, rule);
    const red = toConfirm(once);
    // As the gate does it: a second block of what looked red, and of nothing else.
    const found = red.length > 0 ? compareArms(first, only(block(), red.map(benchmarkName)), rule) : once;
    for (const one of found.benchmarks)
      if (slowed === undefined || benchmarkName(one) === slowed)
        tally.verdicts.set(one.verdict, (tally.verdicts.get(one.verdict) ?? 0) + 1);
  }
  return tally;
}

/** How many processes a pilot asks for. */
function pilotOf(records: readonly PerformanceRecord[], random: Random, seed: number): number {
  const figures = records.map((record) => {
    const drawn = { ...record, samples: draw(record.samples, PILOT_PROCESSES, random).map(([one]) => one) };
    return {
      halfWidth: spreadOf(drawn, randomFrom(seed, 'pilot', benchmarkName(record))),
      floor: floorOf(record, {}, 0, false).share,
    };
  });
  return processesFor(figures, PILOT_PROCESSES);
}

function blockOf(
  records: readonly PerformanceRecord[],
  processes: number,
  random: Random,
  slowed: string | undefined,
  times: number,
): TwoArms {
  const drawn = records.map((record) => {
    const pairs = draw(record.samples, processes, random);
    const factor = benchmarkName(record) === slowed ? times : 1;
    const side = (runner: string, samples: number[]) => ({
      ...record,
      runner,
      samples,
      rounds: samples.length,
    });
    return [
      side(
        'a',
        pairs.map(([one]) => one),
      ),
      side(
        'b',
        pairs.map(([, other]) => other * factor),
      ),
    ] as const;
  });
  return {
    baseline: armOf(
      'a',
      drawn.map(([a]) => a),
    ),
    candidate: armOf(
      'b',
      drawn.map(([, b]) => b),
    ),
  };
}

/** Pairs of neighbours, drawn with replacement; which of the two is the baseline's is drawn, too. */
function draw(samples: readonly number[], count: number, random: Random): [number, number][] {
  return Array.from({ length: count }, () => {
    const place = Math.floor(random.nextUnit() * (samples.length - 1));
    const pair: [number, number] = [samples[place]!, samples[place + 1]!];
    return random.nextUnit() < 0.5 ? pair : [pair[1], pair[0]];
  });
}

const armOf = (runner: string, performance: PerformanceRecord[]): ArmIn => ({
  runner,
  run: { performance, noise: [], notMeasured: [], runners: [] },
});

function only({ baseline, candidate }: TwoArms, names: readonly string[]): TwoArms {
  const arm = ({ runner, run }: ArmIn): ArmIn => ({
    runner,
    run: { ...run, performance: run.performance.filter((one) => names.includes(benchmarkName(one))) },
  });
  return { baseline: arm(baseline), candidate: arm(candidate) };
}
