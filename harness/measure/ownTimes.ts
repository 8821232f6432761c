/** Owns the figures of a wasm of the user's own: run time, startup, throughput and memory of one runtime, and runtimes side by side. */

import { max, mean } from 'simple-statistics';
import type { OwnFigure, OwnProcess, OwnTimes } from '../contracts/ownWasm.ts';
import { bootstrapInterval, ratioOf, type SortedStatistic } from '../stats/bootstrap.ts';
import { lowerQuartileOfSorted, quantile } from '../stats/quantile.ts';
import { randomFrom } from '../stats/random.ts';

/** What was seen of one runtime. */
export interface OwnSeen {
  runner: string;
  /** Timed, at least one each. */
  runs: readonly OwnProcess[];
  startups: readonly OwnProcess[];
  /** Watched, not timed. */
  watched: readonly OwnProcess[];
}

type Figures = Omit<OwnTimes, 'runner' | 'version' | 'mode' | 'support' | 'preparation' | 'slower'>;

/**
 * The figures of one runtime. Times are the lower quartile over processes, as startup figures are: what disturbs a process only adds to it.
 * Throughputs are bytes over the time of the same process, to its end and with the runtime's start.
 */
export function ownFigures({ runner, runs, startups, watched }: OwnSeen, seed: number): Figures {
  const random = (what: string) => randomFrom(seed, 'time', runner, what);
  const timed = runs.filter(isTimed);
  const figure = (what: string, unit: OwnFigure['unit'], statistic: SortedStatistic, samples: number[]) =>
    figureOf(unit, samples, bootstrapInterval(samples, statistic, { random: random(what) }));
  const time = (what: string, processes: readonly OwnProcess[]) =>
    figure(
      what,
      'ns',
      lowerQuartileOfSorted,
      processes.map(({ durationNs }) => durationNs),
    );
  const rate = (what: 'inBytes' | 'outBytes') => {
    // Without input there is no stream to be quick with.
    if (!timed.some(({ inBytes }) => inBytes > 0)) return undefined;
    const samples = timed.map((one) => (one[what] * 1e9) / one.durationNs);
    return figure(what, 'B/s', upperQuartileOfSorted, samples);
  };
  const [bytesIn, bytesOut] = [rate('inBytes'), rate('outBytes')];
  const peaks = watched.flatMap(({ peakBytes }) => peakBytes ?? []);
  const used = (what: 'userMs' | 'systemMs') => {
    const told = runs.flatMap((one) => one[what] ?? []);
    return told.length === runs.length && told.length > 0 ? { [what]: mean(told) } : {};
  };
  return {
    run: time('run', timed),
    startup: time('startup', startups.filter(isTimed)),
    ...(bytesIn ? { bytesIn } : {}),
    ...(bytesOut ? { bytesOut } : {}),
    ...(peaks.length > 0 ? { peakMemory: figure('memory', 'B', largestOfSorted, peaks) } : {}),
    ...used('userMs'),
    ...used('systemMs'),
    inBytes: max(runs.map(({ inBytes }) => inBytes)),
    outBytes: max(runs.map(({ outBytes }) => outBytes)),
  };
}

/** The runtimes from the quickest on, each with how many times as long it takes. */
export function sideBySide(times: readonly OwnTimes[], seed: number): OwnTimes[] {
  const [quickest, ...others] = times.toSorted((a, b) => a.run.value - b.run.value);
  if (!quickest) return [];
  return [
    quickest,
    ...others.map((one) => {
      const ratio = ratioOf(lowerQuartileOfSorted, quickest.run.samples, one.run.samples, {
        random: randomFrom(seed, 'time', one.runner, 'ratio'),
      });
      return ratio ? { ...one, slower: { value: ratio.value, ciLow: ratio.low, ciHigh: ratio.high } } : one;
    }),
  ];
}

/** The host's clock was set back meanwhile. */
const isTimed = ({ durationNs }: OwnProcess) => durationNs > 0;

/** A rate's best quarter is the time's. */
const upperQuartileOfSorted: SortedStatistic = (sorted) => quantile(sorted, 0.75);
/** What was read of a process is never more than it held, and less where it ended right behind the reading. */
const largestOfSorted: SortedStatistic = (sorted) => sorted.at(-1) ?? 0;

const figureOf = (
  unit: OwnFigure['unit'],
  samples: number[],
  { value, low, high }: { value: number; low: number; high: number },
): OwnFigure => ({ unit, value, ciLow: low, ciHigh: high, samples });
