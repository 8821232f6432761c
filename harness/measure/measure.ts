/** Turns a run's timing observations into figures: one record for each benchmark and runner, and how quiet it was. */

import type { Measurement } from '../contracts/measurement.ts';
import type { ClockObservation, Observation, TimingObservation } from '../contracts/observation.ts';
import type { Plan, TimedCase, TimingArm, TimingBlock } from '../contracts/plan.ts';
import type { ClockCheck, NoiseRecord, PerformanceRecord } from '../contracts/run.ts';
import { PASSES } from '../script/benchScript.ts';
import { parseRecords, type Transcript } from '../script/records.ts';
import { randomFrom } from '../stats/random.ts';
import type { Figures } from './armFigures.ts';
import { type BenchRecord, readBenchRecord } from './benchRecord.ts';
import { checkClock } from './clockCheck.ts';
import { benchFigures, ESTIMATOR, quietCount } from './estimator.ts';
import { noiseOf, type QuickestControls, quickestControls } from './noise.ts';
import type { ProcessBench } from './processFigure.ts';
import { type Start, startupFigures } from './startup.ts';

/** One process of an arm, read. */
interface ReadProcess {
  observation: TimingObservation;
  records: Transcript;
  /** By key, a record for each pass. */
  benches: Map<number, BenchRecord[]>;
}

/** How far the host's two looks at a guest's marks may be off: a look is a millisecond, and the process must be woken. */
const HOST_SLACK_NS = 3_000_000;

/** Measures all blocks of the plan that the observations hold. */
export function measure(plan: Plan, observations: readonly Observation[]): Measurement {
  const clockChecks = clockChecksOf(observations);
  const read = readProcesses(observations);
  const measurement: Measurement = { performance: [], notMeasured: [], noise: [], clockChecks };
  const quickest = quickestByRunner(plan, read);
  for (const block of plan.blocks)
    for (const arm of block.arms) {
      const processes = read.get(armKey(block.id, arm.id)) ?? [];
      const clock = clockChecks.get(arm.runner)?.find((check) => check.wasi === arm.wasi);
      measureArm(measurement, plan, block, arm, processes, clock, quickest.get(`${arm.runner} ${arm.wasi}`));
    }
  measurement.noise = noiseRecords(plan, read, quickest);
  measurement.performance.push(...preparationRecords(plan, observations));
  return measurement;
}

/**
 * Which arms of a block need more processes: those with a benchmark that fewer processes than the block asks for
 * measured undisturbed. By the controls alone, so that going on cannot favour a figure.
 */
export function lackingArms(block: TimingBlock, observations: readonly Observation[]): TimingArm[] {
  const read = readProcesses(observations.filter((one) => one.kind === 'timing' && one.block === block.id));
  const all = benchesByRunner([block], read);
  return block.arms.filter((arm) => {
    const quickest = quickestControls(all.get(`${arm.runner} ${arm.wasi}`)?.flat() ?? []);
    const processes = read.get(armKey(block.id, arm.id)) ?? [];
    return arm.cases.some(
      (timed) =>
        timed.key !== undefined && quietCount(benchesOf(processes, timed), quickest) < block.processes,
    );
  });
}

const armKey = (block: string, arm: string) => `${block} ${arm}`;

/** The timed processes by block and arm, in the order measured. */
function readProcesses(observations: readonly Observation[]): Map<string, ReadProcess[]> {
  const read = new Map<string, ReadProcess[]>();
  for (const one of observations) {
    if (one.kind !== 'timing') continue;
    const key = armKey(one.block, one.arm);
    read.set(key, [...(read.get(key) ?? []), readProcess(one)]);
  }
  return read;
}

function readProcess(observation: TimingObservation): ReadProcess {
  const records = parseRecords(observation.stderr, observation.nonce);
  const benches = new Map<number, BenchRecord[]>();
  for (const end of records.ends.values()) {
    if (!('batches' in end.fields)) continue;
    const read = readBenchRecord(end.fields);
    if ('record' in read)
      benches.set(read.record.key, [...(benches.get(read.record.key) ?? []), read.record]);
  }
  return { observation, records, benches };
}

function measureArm(
  into: Measurement,
  plan: Plan,
  block: TimingBlock,
  arm: TimingArm,
  processes: ReadProcess[],
  clock: ClockCheck | undefined,
  quickest: QuickestControls | undefined,
): void {
  const starts = processes.flatMap(startOf);
  for (const timed of arm.cases) {
    const one = timed.case;
    const random = randomFrom(plan.seed, timed.suite, one.id, one.wasi, arm.id, one.metric);
    const benches = benchesOf(processes, timed);
    // A figure over fewer processes than planned would look surer than the runtime is.
    const got = one.metric === 'startup' ? starts.length : benches.length;
    if (got < block.processes) {
      into.notMeasured.push({
        suite: timed.suite,
        case: one.id,
        wasi: one.wasi,
        runner: arm.id,
        reason: `only ${got} of ${block.processes} processes gave a figure: ${complaint(processes, timed)}`,
      });
      continue;
    }
    const figures: Figures =
      one.metric === 'startup'
        ? startupFigures({ starts, random, spawnOverhead: true })[
            one.until === 'exit' ? 'toExit' : 'toFirstInstruction'
          ]
        : benchFigures({
            processes: benches,
            random,
            ...(one.metric === 'throughput' ? { bytesPerCall: one.bytesPerCall } : {}),
            ...(quickest === undefined ? {} : { quickest }),
            ...(clock ? { clock: clock.verdict } : {}),
          });
    into.performance.push({
      suite: timed.suite,
      case: one.id,
      wasi: one.wasi,
      runner: arm.id,
      title: one.title,
      metric: one.metric,
      unit: one.metric === 'throughput' ? 'B/s' : 'ns',
      better: one.metric === 'throughput' ? 'higher' : 'lower',
      parameters: one.parameters ?? {},
      headline: one.headline ?? false,
      ...figures,
      identity: { estimator: ESTIMATOR, scriptHash: timed.scriptHash, guestHash: arm.guest.hash },
    });
  }
}

/** The passes of a benchmark in each process that got through all of them. */
function benchesOf(processes: readonly ReadProcess[], { key }: TimedCase): ProcessBench[] {
  if (key === undefined) return [];
  return processes.flatMap(({ benches }) => {
    const passes = benches.get(key) ?? [];
    return passes.length === PASSES ? [passes] : [];
  });
}

/** A process's three moments; none where the guest never began or the process failed. */
function startOf({ observation, records }: ReadProcess): Start[] {
  if (!records.begun || !records.ended || observation.end.timedOut) return [];
  return [
    {
      spawnNs: BigInt(observation.beginRealtimeNs),
      guestNs: records.begun.realtimeNs,
      exitNs: BigInt(observation.endRealtimeNs),
    },
  ];
}

/** Why a process gave no figure, from the first that gave none. */
function complaint(processes: ReadProcess[], timed: TimedCase): string {
  const bad = processes.find((process) => timed.key === undefined || !process.benches.has(timed.key));
  if (!bad) return 'the others were not run';
  const { end } = bad.observation;
  if (end.startError) return `it could not be started: ${end.startError}`;
  if (end.timedOut) return 'it did not end in time';
  const { scriptError, otherText, begun } = bad.records;
  if (scriptError) return `script line ${scriptError.line}: ${scriptError.error}`;
  if (otherText) return otherText.slice(0, 300);
  return begun
    ? `it ended with exit code ${end.exitCode ?? end.signal} before the figure`
    : 'the guest never began';
}

/** The quickest controls of each runner and WASI version over the whole run: a slow arm is quiet by its own measure. */
function quickestByRunner(plan: Plan, read: Map<string, ReadProcess[]>): Map<string, QuickestControls> {
  return new Map(
    [...benchesByRunner(plan.blocks, read)].map(([key, processes]) => [
      key,
      quickestControls(processes.flat()),
    ]),
  );
}

/** All benchmarks of all processes, by runner and WASI version. */
function benchesByRunner(
  blocks: readonly TimingBlock[],
  read: Map<string, ReadProcess[]>,
): Map<string, ProcessBench[]> {
  const all = new Map<string, ProcessBench[]>();
  for (const block of blocks)
    for (const arm of block.arms) {
      const key = `${arm.runner} ${arm.wasi}`;
      const benches = (read.get(armKey(block.id, arm.id)) ?? []).flatMap((process) => [
        ...process.benches.values(),
      ]);
      all.set(key, [...(all.get(key) ?? []), ...benches]);
    }
  return all;
}

function noiseRecords(
  plan: Plan,
  read: Map<string, ReadProcess[]>,
  quickest: Map<string, QuickestControls>,
): NoiseRecord[] {
  return [...benchesByRunner(plan.blocks, read)].flatMap(([key, processes]) => {
    const [runner, wasi] = splitKey(key);
    return processes.length === 0 ? [] : [{ runner, wasi, ...noiseOf(processes, quickest.get(key)) }];
  });
}

/** Runner ids may hold spaces, WASI versions don't. */
function splitKey(key: string): [string, NoiseRecord['wasi']] {
  const cut = key.lastIndexOf(' ');
  return [key.slice(0, cut), key.slice(cut + 1) as NoiseRecord['wasi']];
}

function clockChecksOf(observations: readonly Observation[]): Map<string, ClockCheck[]> {
  const checks = new Map<string, ClockCheck[]>();
  for (const one of observations) {
    if (one.kind !== 'clock') continue;
    checks.set(one.runner, [...(checks.get(one.runner) ?? []), { wasi: one.wasi, ...judgeClock(one) }]);
  }
  return checks;
}

function judgeClock({ guestNs, hostNs, tickNs }: ClockObservation): Omit<ClockCheck, 'wasi'> {
  return checkClock({
    guestStartNs: 0n,
    guestEndNs: BigInt(Math.round(guestNs)),
    hostStartNs: 0n,
    hostEndNs: BigInt(Math.round(hostNs)),
    tickNs,
    hostSlackNs: HOST_SLACK_NS,
  });
}

/** How long each runner's preparation of each guest took: one sample, since what is made is kept. */
function preparationRecords(plan: Plan, observations: readonly Observation[]): PerformanceRecord[] {
  const last = new Map<string, PerformanceRecord>();
  for (const one of observations) {
    if (one.kind !== 'prepare') continue;
    const what = plan.roster.find((entry) => entry.runner.id === one.runner)?.runner.preparation;
    const timed = plan.blocks.flatMap((block) => block.arms).find((arm) => arm.guest.id === one.guest);
    if (!what || !timed) continue;
    last.set(`${one.runner} ${one.guest}`, {
      suite: 'startup',
      case: `prepare/${one.guest}`,
      wasi: timed.wasi,
      runner: one.runner,
      title: `${what} ${one.guest} once, before anything is started`,
      metric: 'startup',
      unit: 'ns',
      better: 'lower',
      parameters: { guest: one.guest, phase: 'prepare' },
      headline: false,
      ...{ value: one.durationNs, ciLow: one.durationNs, ciHigh: one.durationNs },
      samples: [one.durationNs],
      rounds: 1,
      flags: [],
      identity: { estimator: 'single/1', scriptHash: 'none', guestHash: timed.guest.hash },
    });
  }
  return [...last.values()];
}
