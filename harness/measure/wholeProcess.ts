/** Owns the figures of which a process gives one as a whole: its startup, and the memory that it held. */

import { PHASES_MARK, type StartPhase } from '../contracts/runner.ts';
import type { MemoryCase, PerformanceCase, StartupCase } from '../contracts/suite.ts';
import { statisticFor } from '../stats/figureStatistic.ts';
import type { Random } from '../stats/random.ts';
import { type Figures, figuresOfSamples } from './armFigures.ts';
import { memoryFigures } from './memory.ts';
import { type Start, startupFigures } from './startup.ts';
import type { TimedProcess } from './timedProcesses.ts';

export type WholeProcessCase = StartupCase | MemoryCase;

export const isOfWholeProcess = (one: PerformanceCase): one is WholeProcessCase =>
  one.metric === 'startup' || one.metric === 'memory';

/** What processes gave: how many of them something, and the figure of it, to be called where they are enough. */
export interface Given {
  count: number;
  figures(random: Random): Figures;
}

export function givenByProcesses(one: WholeProcessCase, processes: readonly TimedProcess[]): Given {
  if (one.metric === 'memory') {
    const held = processes.filter(ranThrough).flatMap(({ observation }) => observation.memory ?? []);
    return { count: held.length, figures: (random) => memoryFigures(held, one.of, random) };
  }
  if (typeof one.until === 'object') {
    const { phase } = one.until;
    const tookNs = processes.filter(ranThrough).flatMap((process) => phaseNsOf(process, phase) ?? []);
    return {
      count: tookNs.length,
      figures: (random) => figuresOfSamples(statisticFor('startup'), tookNs, random),
    };
  }
  const { until } = one;
  const starts = processes.flatMap(one.plain ? plainStartOf : startOf);
  return {
    count: starts.length,
    figures: (random) =>
      startupFigures({ starts, random, spawnOverhead: !isByLibc(processes) })[
        until === 'exit' ? 'toExit' : 'toFirstInstruction'
      ],
  };
}

/** A figure of both ways would be of neither: all of them, or it holds Node's spawn. */
export const isByLibc = (processes: readonly TimedProcess[]) =>
  processes.length > 0 && processes.every(({ observation }) => observation.byLibc);

/** Whether libc made the starts that a figure is of; a phase begins when the process has been started. */
export const isOfLibc = (one: PerformanceCase, processes: readonly TimedProcess[]) =>
  one.metric === 'startup' && typeof one.until !== 'object' && isByLibc(processes);

const ranThrough = ({ records, observation }: TimedProcess) =>
  records.begun !== undefined && records.ended !== undefined && !observation.end.timedOut;

/** A process's three moments; none where the guest never began, the process failed, or the host's clock was set back meanwhile. */
function startOf({ observation, records }: TimedProcess): Start[] {
  if (!records.begun || !records.ended || observation.end.timedOut) return [];
  if (BigInt(observation.endRealtimeNs) < BigInt(observation.beginRealtimeNs)) return [];
  return [
    {
      spawnNs: BigInt(observation.beginRealtimeNs),
      guestNs: records.begun.realtimeNs,
      exitNs: BigInt(observation.endRealtimeNs),
    },
  ];
}

/** Of a guest without records: only the host's moments, and an end as it should be. */
function plainStartOf({ observation }: TimedProcess): Start[] {
  const { end, beginRealtimeNs, endRealtimeNs } = observation;
  const [spawnNs, exitNs] = [BigInt(beginRealtimeNs), BigInt(endRealtimeNs)];
  return end.exitCode !== 0 || end.timedOut || exitNs < spawnNs ? [] : [{ spawnNs, guestNs: exitNs, exitNs }];
}

/** The last line that tells of phases counts: a guest may write before it, and has ended then. Undefined where it tells no such time. */
function phaseNsOf({ observation }: TimedProcess, phase: StartPhase): number | undefined {
  const line = (observation.end.stdoutText ?? '').split('\n').findLast((one) => one.startsWith(PHASES_MARK));
  if (line === undefined) return undefined;
  try {
    const told = JSON.parse(line.slice(PHASES_MARK.length)) as Partial<Record<StartPhase, unknown>> | null;
    const took = told?.[phase];
    return typeof took === 'number' && took >= 0 && Number.isFinite(took) ? took * 1e6 : undefined;
  } catch {
    return undefined;
  }
}
