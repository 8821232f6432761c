/** Turns a run's timing observations into figures: one record for each benchmark and runner, and how quiet it was. */

import { sum } from 'simple-statistics';
import type { Measurement } from '../contracts/measurement.ts';
import type { ClockObservation, Observation } from '../contracts/observation.ts';
import type { Plan, TimedCase, TimingArm, TimingBlock } from '../contracts/plan.ts';
import type { ClockCheck, NoiseRecord } from '../contracts/run.ts';
import type { CallCase, ThroughputCase } from '../contracts/suite.ts';
import { randomFrom } from '../stats/random.ts';
import type { Figures } from './armFigures.ts';
import { checkClock } from './clockCheck.ts';
import { benchFigures, ESTIMATOR } from './estimator.ts';
import { noiseOf, type ReferenceControls, referenceControls } from './noise.ts';
import type { ProcessBench } from './processFigure.ts';
import {
  armKey,
  atTypicalSpeed,
  benchesIn,
  benchesOf,
  clockKey,
  processesByClock,
  referenceByClock,
  type TimedProcess,
  type TimedProcesses,
  timedProcesses,
} from './timedProcesses.ts';
import { givenByProcesses, isOfLibc, isOfWholeProcess } from './wholeProcess.ts';
import { isWide } from './width.ts';

/** Measures all blocks of the plan that the observations hold. */
export function measure(plan: Plan, observations: readonly Observation[]): Measurement {
  const clockChecks = clockChecksOf(observations);
  const read = timedProcesses(observations);
  const measurement: Measurement = { performance: [], notMeasured: [], noise: [], clockChecks };
  const reference = referenceByClock(plan.blocks, read);
  for (const block of plan.blocks)
    for (const arm of block.arms) {
      const controls = reference.get(clockKey(arm));
      const processes = atTypicalSpeed(read.get(armKey(block.id, arm.id)) ?? [], controls ?? new Map());
      // A host of ours reads Node's clock, whatever clock the runtime gives its guests.
      const clock = arm.inProcess
        ? undefined
        : clockChecks.get(arm.runner)?.find((check) => check.wasi === arm.wasi);
      measureArm(measurement, plan, block, arm, processes, clock, controls);
    }
  measurement.noise = noiseRecords(plan, read, reference);
  return measurement;
}

function measureArm(
  into: Measurement,
  plan: Plan,
  block: TimingBlock,
  arm: TimingArm,
  processes: readonly TimedProcess[],
  clock: ClockCheck | undefined,
  reference: ReferenceControls | undefined,
): void {
  for (const timed of arm.cases) {
    const one = timed.case;
    const random = randomFrom(plan.seed, timed.suite, one.id, one.wasi, arm.id, one.metric);
    const benches = benchesOf(arm, processes, timed);
    // A figure over fewer processes than planned would look surer than the runtime is.
    const whole = isOfWholeProcess(one) ? givenByProcesses(one, processes) : undefined;
    const got = whole?.count ?? benches.length;
    const reason =
      got < block.processes
        ? `only ${got} of ${block.processes} processes gave a figure: ${complaint(processes, timed)}`
        : alwaysFails(benches)
          ? 'the call returned an error each time: what failing costs says nothing of the call'
          : undefined;
    if (reason !== undefined) {
      into.notMeasured.push({ suite: timed.suite, case: one.id, wasi: one.wasi, runner: arm.runner, reason });
      continue;
    }
    const figures: Figures =
      whole?.figures(random) ??
      benchFigures({
        processes: benches,
        random,
        ...(one.metric === 'throughput' ? { bytesPerCall: movedPerCall(benches) ?? bytesIn(one) } : {}),
        ...(reference === undefined ? {} : { reference }),
        ...(clock ? { clock: clock.verdict } : {}),
      });
    into.performance.push({
      suite: timed.suite,
      case: one.id,
      wasi: one.wasi,
      runner: arm.runner,
      title: one.title,
      metric: one.metric,
      unit: UNITS[one.metric],
      better: one.metric === 'throughput' ? 'higher' : 'lower',
      parameters: one.parameters ?? {},
      headline: one.headline ?? false,
      ...figures,
      flags: [
        ...figures.flags,
        ...(isWide(figures) ? (['wide'] as const) : []),
        ...(isOnOneCpu(processes) ? (['one-cpu'] as const) : []),
      ],
      identity: {
        // Without Node's spawn it is another series.
        estimator: isOfLibc(one, processes) ? `${ESTIMATOR}/posix_spawn` : ESTIMATOR,
        scriptHash: timed.scriptHash,
        guestHash: arm.guest.hash,
      },
    });
  }
}

const UNITS = { latency: 'ns', throughput: 'B/s', startup: 'ns', memory: 'B' } as const;

/** The bytes that a call moved on average over all processes, where the guests counted them. */
function movedPerCall(benches: readonly ProcessBench[]): number | undefined {
  const records = benches.flat();
  const moved = sum(records.flatMap(({ movedBytes = [] }) => movedBytes));
  return moved > 0 ? moved / sum(records.map(({ calls, batchesNs }) => calls * batchesNs.length)) : undefined;
}

const bytesIn = (one: CallCase | ThroughputCase) => (one.call ? one.call.argumentBytes : one.bytesPerCall);

const alwaysFails = (benches: readonly ProcessBench[]) =>
  benches.length > 0 && benches.flat().every((record) => record.failed);

const isOnOneCpu = (processes: readonly TimedProcess[]) =>
  processes.some(({ observation }) => observation.cpu !== undefined);

const lacksFigure = (process: TimedProcess, { key, case: one }: TimedCase) =>
  isOfWholeProcess(one)
    ? givenByProcesses(one, [process]).count === 0
    : key === undefined || !process.benches.has(key);

/** Why a process gave no figure, from the first that gave none. */
function complaint(processes: readonly TimedProcess[], timed: TimedCase): string {
  const bad = processes.find((process) => lacksFigure(process, timed));
  if (!bad) return 'the others were not run';
  const { end } = bad.observation;
  if (end.startError) return `it could not be started: ${end.startError}`;
  if (end.timedOut) return 'it did not end in time';
  const { scriptError, otherText, begun } = bad.records;
  if (scriptError) return `script line ${scriptError.line}: ${scriptError.error}`;
  if (otherText) return otherText.slice(0, 300);
  if (timed.case.metric === 'memory' && begun && !bad.observation.memory)
    return 'the system tells no memory of a process that waits, or it never came to wait';
  return begun || (timed.case.metric === 'startup' && timed.case.plain)
    ? `it ended with exit code ${end.exitCode ?? end.signal} before the figure`
    : 'the guest never began';
}

function noiseRecords(
  plan: Plan,
  read: TimedProcesses,
  reference: ReadonlyMap<string, ReferenceControls>,
): NoiseRecord[] {
  const arms = new Map(plan.blocks.flatMap((block) => block.arms).map((arm) => [clockKey(arm), arm]));
  return [...processesByClock(plan.blocks, read)].flatMap(([key, processes]) => {
    const arm = arms.get(key);
    const benches = benchesIn(processes);
    if (!arm || benches.length === 0) return [];
    const roundNs = ownRoundNs(benches);
    const noise = noiseOf(benches, reference.get(key));
    return [{ runner: arm.runner, wasi: arm.wasi, ...noise, ...(roundNs > 0 ? { roundNs } : {}) }];
  });
}

/** What a round of the longest control took on average, by the arm's own measure: a shared reference would hide what moved. */
function ownRoundNs(benches: readonly ProcessBench[]): number {
  const own = referenceControls(benches.flat());
  return own.get(Math.max(...own.keys()))?.typicalNs ?? 0;
}

function clockChecksOf(observations: readonly Observation[]): Map<string, ClockCheck[]> {
  const checks = new Map<string, ClockCheck[]>();
  for (const one of observations) {
    if (one.kind !== 'clock') continue;
    checks.set(one.runner, [...(checks.get(one.runner) ?? []), { wasi: one.wasi, ...judgeClock(one) }]);
  }
  return checks;
}

function judgeClock({ guestNs, hostNs, slackNs, tickNs }: ClockObservation): Omit<ClockCheck, 'wasi'> {
  return checkClock({
    guestStartNs: 0n,
    guestEndNs: BigInt(Math.round(guestNs)),
    hostStartNs: 0n,
    hostEndNs: BigInt(Math.round(hostNs)),
    tickNs,
    hostSlackNs: slackNs,
  });
}
