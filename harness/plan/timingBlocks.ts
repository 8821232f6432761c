/** Makes the timing blocks of a plan: which processes time what. */

import type { Guest } from '../contracts/guest.ts';
import type { RosterEntry, TimedCase, TimingArm, TimingBlock } from '../contracts/plan.ts';
import type { BenchWorld, PerformanceCase } from '../contracts/suite.ts';
import { BATCHES_A_PASS, PASSES } from '../script/benchScript.ts';
import { guestOf, isChosen, type PlanInput } from './planInput.ts';
import { nativeCase, timedCase } from './timedCase.ts';
import { whyNotTimed } from './whyNot.ts';

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
export function timingBlocks(input: PlanInput): TimingBlock[] {
  const blocks = new Map<string, Map<string, TimingArm>>();
  const places = new Map<string, { part: number; bytes: number }>();
  const lodgings = lodgingsOf(input);
  /** The block that a benchmark goes into: the same for all runners. */
  const blockOf = (
    one: PerformanceCase,
    guest: Guest,
    world: BenchWorld | undefined,
    { setup, bench = '' }: TimedCase,
  ): string => {
    const { metric } = one;
    // What tells its phases does more than what does not.
    const kind = tellsPhases(one) ? 'phases' : metric === 'startup' || metric === 'memory' ? metric : 'calls';
    // Calls into guests are compared across versions: their hosts take turns.
    const id = one.call ? IN_PROCESS : [kind, guest.id, ...(world ? [world.id] : [])].join('/');
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
      const world = one.world ?? (isOfProcess(one) ? undefined : lodgings.get(one.guest));
      const block = blockOf(one, guest, world, timed(BATCHES_A_PASS));
      const arms = blocks.get(block) ?? new Map<string, TimingArm>();
      blocks.set(block, arms);
      for (const entry of input.roster)
        if (!whyNotTimed(input, entry, one))
          addCase(arms, entry, guest, world, one, (passes) =>
            entry.runner.isFloor
              ? nativeCase(suite, one, BATCHES_A_PASS)
              : timed(input.batches === undefined ? BATCHES_A_PASS : Math.ceil(input.batches / passes)),
          );
    }
  return [...blocks].flatMap(([id, arms]) =>
    arms.size === 0
      ? []
      : [
          {
            id,
            arms: [...arms.values()],
            ...processesOf(id, input),
          },
        ],
  );
}

/** What a process holds differs little from the next one's. */
const MEMORY_PROCESSES = 10;

function processesOf(
  block: string,
  { processes, patience }: PlanInput,
): Pick<TimingBlock, 'processes' | 'mostProcesses'> {
  if (!block.startsWith('memory/')) return { processes, mostProcesses: Math.round(processes * patience) };
  const few = Math.min(processes, MEMORY_PROCESSES);
  return { processes: few, mostProcesses: few };
}

/** So few benchmarks are not worth processes of their own. */
const FEW = 4;

/** Where a guest has few benchmarks without a world: a world of its others that they may live in, as it gives files and nothing else. */
function lodgingsOf(input: PlanInput): Map<string, BenchWorld> {
  const lodgings = new Map<string, BenchWorld>();
  const homeless = new Map<string, number>();
  for (const suite of input.suites)
    for (const one of suite.performance) {
      if (isOfProcess(one) || !isChosen(input, suite, one)) continue;
      if (!one.world) homeless.set(one.guest, (homeless.get(one.guest) ?? 0) + 1);
      else if (givesOnlyFiles(one.world) && !lodgings.has(one.guest)) lodgings.set(one.guest, one.world);
    }
  return new Map([...lodgings].filter(([guest]) => (homeless.get(guest) ?? 0) <= FEW));
}

const tellsPhases = (one: PerformanceCase) => one.metric === 'startup' && typeof one.until === 'object';

/** Its processes run nothing else. */
const isOfProcess = ({ metric }: PerformanceCase) => metric === 'startup' || metric === 'memory';

const givesOnlyFiles = (world: BenchWorld) =>
  Object.keys(world).every((part) => part === 'id' || part === 'preopens');

function addCase(
  arms: Map<string, TimingArm>,
  { runner }: RosterEntry,
  guest: Guest,
  world: BenchWorld | undefined,
  one: PerformanceCase,
  timedIn: (passes: number) => TimedCase,
): void {
  const { timing = {} } = runner;
  const { oneCpu = false, passes = PASSES } = isOfProcess(one) ? {} : timing;
  const timed = timedIn(passes);
  const { suite, key } = timed;
  const { wasi } = one;
  const id = one.call ? `${runner.id} ${guest.id}` : runner.id;
  const made: TimingArm = {
    ...{ id, runner: runner.id, guest, wasi, cases: [], passes },
    // What a runner says of its timed processes is of its own.
    ...(one.call ? { oneCpu: false, inProcess: true } : { oneCpu }),
    ...(tellsPhases(one) ? { phases: true as const } : {}),
    ...(one.metric === 'memory' ? { waits: true as const } : {}),
    ...(world ? { world } : {}),
  };
  const arm = arms.get(id) ?? made;
  if (arm.world !== world)
    throw new Error(
      `suite '${suite}', benchmark '${one.id}': another world bears the name '${world?.id}' too`,
    );
  if (key !== undefined && arm.cases.some((other) => other.key === key))
    throw new Error(`suite '${suite}' has two benchmarks with the key of '${one.id}': rename one`);
  if (arm.waits && arm.cases.some(({ setup }) => setup.join('\n') !== timed.setup.join('\n')))
    throw new Error(
      `suite '${suite}': memory figures of one guest and world wait alike, '${one.id}' does not`,
    );
  arm.cases.push(timed);
  arms.set(id, arm);
}
