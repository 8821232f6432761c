/** Makes the plan: which case meets which runner, what is skipped and why, which processes time what. */

import { createHash } from 'node:crypto';
import type { Guest } from '../contracts/guest.ts';
import { NO_TERMINAL, NOT_PROVIDED, type RunnerNeed } from '../contracts/need.ts';
import type {
  ConformanceTrial,
  Plan,
  RosterEntry,
  TimedCase,
  TimingArm,
  TimingBlock,
} from '../contracts/plan.ts';
import type { NotMeasured } from '../contracts/run.ts';
import type { Runner } from '../contracts/runner.ts';
import type { Selection } from '../contracts/selection.ts';
import type { ConformanceCase, PerformanceCase, Suite } from '../contracts/suite.ts';
import { WASI_LABEL, type WasiVersion } from '../contracts/wasi.ts';
import { BATCHES_A_PASS, buildBench, PASSES } from '../script/benchScript.ts';
import { buildScript } from '../script/builder.ts';
import { buildCall } from '../script/callLine.ts';
import { randomFrom } from '../stats/random.ts';
import { shuffle } from '../stats/shuffle.ts';
import { selectedSuites, takes, takesCase } from './selection.ts';

export interface PlanInput {
  suites: Suite[];
  roster: RosterEntry[];
  guests: Map<string, Guest>;
  only: 'headline' | 'all' | 'none';
  processes: number;
  /** How many times as many processes may be started when the machine disturbs too many. */
  patience: number;
  /** Of each process at least, over all its passes; five a pass unless given. */
  batches?: number | undefined;
  caseTimeoutMs: number;
  seed: number;
  /** Whether the machine gives pseudo-terminals; not unless given. */
  terminals?: boolean | undefined;
  /** Everything unless given. */
  selection?: Selection | undefined;
}

/** The plan of a run. Throws where a suite names a guest that does not exist or writes a script that can't be built. */
export function makePlan(given: PlanInput): Plan {
  const input = { ...given, suites: selectedSuites(given.selection, given.suites) };
  const conformance: ConformanceTrial[] = [];
  const skippedCases: Plan['skippedCases'] = [];
  const notMeasured: NotMeasured[] = [];
  for (const suite of input.suites) {
    for (const one of suite.conformance.filter((each) => takesCase(input.selection, suite.id, each))) {
      const built = buildScript(one.wasi, one.script);
      const script = built.lines.join('\n');
      const guest = guestOf(input, suite, one);
      for (const entry of input.roster) {
        if (!takes(input.selection, suite.id, one, entry.runner.id)) continue;
        const reason = whyNot(entry, one.wasi) ?? lacking(input, entry, one);
        if (reason) skippedCases.push({ suite: suite.id, case: one, runner: entry.runner.id, reason });
        else
          conformance.push({
            suite: suite.id,
            case: one,
            runner: entry.runner.id,
            guest,
            script,
            looks: built.looks,
            runs: one.runs ?? 1,
          });
      }
    }
    for (const one of suite.performance.filter((candidate) => isChosen(input, suite, candidate)))
      for (const entry of input.roster) {
        const reason = whyNotTimed(input, entry, one);
        if (reason)
          notMeasured.push({
            suite: suite.id,
            case: one.id,
            wasi: one.wasi,
            runner: entry.runner.id,
            reason,
          });
      }
  }
  return {
    seed: input.seed,
    roster: input.roster,
    conformance: shuffle(conformance, randomFrom(input.seed, 'conformance')),
    blocks: timingBlocks(input),
    skippedCases,
    notMeasured,
    caseTimeoutMs: input.caseTimeoutMs,
  };
}

function guestOf(input: PlanInput, suite: Suite, one: ConformanceCase | PerformanceCase): Guest {
  const guest = input.guests.get(one.guest);
  if (!guest) throw new Error(`suite '${suite.id}', case '${one.id}': there is no guest '${one.guest}'`);
  return guest;
}

/** Whether the profile asks for a benchmark and the selection takes it. */
function isChosen({ only, selection }: PlanInput, suite: Suite, one: PerformanceCase): boolean {
  if (!takesCase(selection, suite.id, one)) return false;
  return only === 'all' || (only === 'headline' && one.headline === true);
}

/** Why a runner can't run something of that WASI version; undefined when it can. */
function whyNot({ runner, found, missing }: RosterEntry, wasi: ConformanceCase['wasi']): string | undefined {
  const { support, reason } = runner.capabilities[wasi];
  if (support === 'none') return reason ?? `${runner.name} has no ${WASI_LABEL[wasi]}`;
  if (!found) return `not installed: ${missing ?? 'no reason given'}`;
  return undefined;
}

/** What a case needs and the machine or the runner can't give; undefined when there is nothing. */
function lacking(
  { terminals }: PlanInput,
  { runner }: RosterEntry,
  { needs = [] }: ConformanceCase | PerformanceCase,
): string | undefined {
  if (needs.includes('terminal') && !terminals) return NO_TERMINAL;
  const ofRunner = needs.filter((one): one is RunnerNeed => one !== 'terminal');
  const need = ofRunner.find((one) => !runner.provides?.includes(one));
  return need && `${runner.name} ${NOT_PROVIDED[need]}`;
}

/** Why a runner gives no figure of a benchmark; undefined when it does. */
function whyNotTimed(input: PlanInput, entry: RosterEntry, one: PerformanceCase): string | undefined {
  return (
    whyNot(entry, one.wasi) ??
    (one.call ? whyNotInProcess(entry.runner, one.wasi) : undefined) ??
    lacking(input, entry, one)
  );
}

function whyNotInProcess({ name, inProcess }: Runner, wasi: WasiVersion): string | undefined {
  if (!inProcess)
    return `${name} is started by its command line: there is no host program that calls into its guests`;
  if ('reason' in inProcess) return inProcess.reason;
  return inProcess.wasi.includes(wasi) ? undefined : inProcess.otherwise;
}

/** A process's script comes by argument and may take 32 KiB; the other lines are the probe's options and names. */
const MOST_SCRIPT_BYTES = 30 * 1024;
/** The block of all calls that hosts make into guests. */
const IN_PROCESS = 'in-process';
/** A line of each later pass, and how many passes runners ask for at most. */
const PASS_BYTES = 16 * 16;

/**
 * One block for each guest's benchmarks in one world and one for each guest's startup, several where their script would be too long for
 * one process; an arm of each for each runner.
 */
function timingBlocks(input: PlanInput): TimingBlock[] {
  const blocks = new Map<string, Map<string, TimingArm>>();
  const places = new Map<string, { part: number; bytes: number }>();
  /** The block that a benchmark goes into: the same for all runners. */
  const blockOf = (one: PerformanceCase, guest: Guest, { setup, bench = '' }: TimedCase): string => {
    const kind = one.metric === 'startup' ? 'startup' : 'calls';
    // Calls into guests are compared across versions: their hosts take turns.
    const id = one.call ? IN_PROCESS : [kind, guest.id, ...(one.world ? [one.world.id] : [])].join('/');
    const bytes = [...setup, bench].join('\n').length + PASS_BYTES;
    const place = places.get(id) ?? { part: 1, bytes: 0 };
    places.set(id, place);
    if (place.bytes + bytes > MOST_SCRIPT_BYTES) Object.assign(place, { part: place.part + 1, bytes: 0 });
    place.bytes += bytes;
    return place.part === 1 ? id : `${id}/${place.part}`;
  };
  for (const suite of input.suites)
    for (const one of suite.performance.filter((candidate) => isChosen(input, suite, candidate))) {
      const guest = guestOf(input, suite, one);
      // Built once for each number of batches: most runners ask for the same.
      const built = new Map<number, TimedCase>();
      const timed = (batches: number): TimedCase => {
        const made = built.get(batches) ?? timedCase(suite, one, batches);
        built.set(batches, made);
        return made;
      };
      const block = blockOf(one, guest, timed(BATCHES_A_PASS));
      const arms = blocks.get(block) ?? new Map<string, TimingArm>();
      blocks.set(block, arms);
      for (const entry of input.roster)
        if (!whyNotTimed(input, entry, one))
          addCase(arms, entry, guest, one, (passes) =>
            timed(input.batches === undefined ? BATCHES_A_PASS : Math.ceil(input.batches / passes)),
          );
    }
  return [...blocks].flatMap(([id, arms]) =>
    arms.size === 0
      ? []
      : [
          {
            id,
            arms: [...arms.values()],
            processes: input.processes,
            mostProcesses: Math.round(input.processes * input.patience),
          },
        ],
  );
}

function addCase(
  arms: Map<string, TimingArm>,
  { runner }: RosterEntry,
  guest: Guest,
  one: PerformanceCase,
  timedIn: (passes: number) => TimedCase,
): void {
  const { timing = {} } = runner;
  const { oneCpu = false, passes = PASSES } = one.metric === 'startup' ? {} : timing;
  const timed = timedIn(passes);
  const { suite, key } = timed;
  const { wasi, world } = one;
  const id = one.call ? `${runner.id} ${guest.id}` : runner.id;
  const made: TimingArm = {
    ...{ id, runner: runner.id, guest, wasi, cases: [], passes },
    // What a runner says of its timed processes is of its own.
    ...(one.call ? { oneCpu: false, inProcess: true } : { oneCpu }),
    ...(world ? { world } : {}),
  };
  const arm = arms.get(id) ?? made;
  if (arm.world !== world)
    throw new Error(
      `suite '${suite}', benchmark '${one.id}': another world bears the name '${world?.id}' too`,
    );
  if (key !== undefined && arm.cases.some((other) => other.key === key))
    throw new Error(`suite '${suite}' has two benchmarks with the key of '${one.id}': rename one`);
  arm.cases.push(timed);
  arms.set(id, arm);
}

function timedCase(suite: Suite, one: PerformanceCase, batches: number): TimedCase {
  if (one.metric === 'startup') return { suite: suite.id, case: one, setup: [], scriptHash: 'none' };
  // Several suites may time calls of one guest in one process.
  const key = keyOf(suite.id, one);
  const built = one.call ? buildCall(one, key, batches) : buildBench(one, key, batches);
  return { suite: suite.id, case: one, key, ...built };
}

/**
 * A number that no other benchmark of the process has. It follows from the benchmark's name alone, so that a journal
 * that is judged again after benchmarks were added or moved still gives each record to the benchmark it is of.
 */
function keyOf(suite: string, one: PerformanceCase): number {
  return createHash('sha256')
    .update(JSON.stringify([suite, one.wasi, one.id]))
    .digest()
    .readUIntBE(0, 3);
}
