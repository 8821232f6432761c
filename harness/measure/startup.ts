/** Owns the startup figures: from the spawn to the guest's first instruction and to the exit. */

import type { Flag } from '../contracts/run.ts';
import { statisticFor } from '../stats/figureStatistic.ts';
import type { Random } from '../stats/random.ts';
import { type Figures, figuresOfSamples } from './armFigures.ts';
import { tickOf } from './clockCheck.ts';

/** One start of a process; all on the real-time clock, in nanoseconds since 1970. */
export interface Start {
  /** Read by the host just before the spawn. */
  spawnNs: bigint;
  /** Read by the guest's first instructions. */
  guestNs: bigint;
  /** Read by the host just after the exit. */
  exitNs: bigint;
}

export interface StartupArm {
  /** One for each process, in the order measured, at least one. */
  starts: readonly Start[];
  random: Random;
  /** The tick of the guest's real-time clock; found from the starts themselves unless given. */
  tickNs?: number;
  /** Whether the spawn was Node's own, which costs 1 to 2 ms itself. */
  spawnOverhead: boolean;
}

export interface StartupFigures {
  toFirstInstruction: Figures;
  toExit: Figures;
}

/** A tick beyond this share of the figure makes it coarse; the same 2% as the clock check's. */
const FINE_WITHIN = 0.02;

/**
 * Returns both startup figures in nanoseconds. The guest's reading is a tick old at worst, so a first instruction up to a tick
 * before the spawn counts as at once; one earlier still, or a tick after the exit, is impossible: it is held within the process's
 * life, and the figure flagged. The time to exit is the host's alone, and stands whatever the guest's clock says.
 */
export function startupFigures({ starts, random, tickNs, spawnOverhead }: StartupArm): StartupFigures {
  if (starts.some(({ spawnNs, exitNs }) => exitNs < spawnNs)) {
    throw new RangeError("the host's clock was set back during a start: measure it again");
  }
  const guestTickNs = tickNs ?? tickOf(starts.map(({ guestNs }) => guestNs));
  const overhead: Flag[] = spawnOverhead ? ['spawn-overhead'] : [];
  const lives = starts.map(({ spawnNs, guestNs, exitNs }) => ({
    firstNs: Number(guestNs - spawnNs),
    exitNs: Number(exitNs - spawnNs),
  }));
  const firstNs = lives.map((life) => Math.min(Math.max(life.firstNs, 0), life.exitNs));
  const toExit = figuresOfSamples(
    statisticFor('startup'),
    lives.map((life) => life.exitNs),
    random,
  );
  const toFirst = figuresOfSamples(statisticFor('startup'), firstNs, random);
  const flags = [...overhead];
  if (guestTickNs > FINE_WITHIN * toFirst.value) flags.push('coarse-clock');
  const impossible = lives.some(
    (life) => life.firstNs < -guestTickNs || life.firstNs > life.exitNs + guestTickNs,
  );
  if (impossible) flags.push('clock-disagrees');
  return { toFirstInstruction: { ...toFirst, flags }, toExit: { ...toExit, flags: overhead } };
}
