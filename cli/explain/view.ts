/** Gathers what is to be told of a figure: what it is, how it came about, what its samples look like, how to measure it again. */

import { findRunner } from '../../harness/catalog/catalog.ts';
import { FLAG_MEANINGS } from '../../harness/contracts/flagMeanings.ts';
import type { Flag, PerformanceRecord } from '../../harness/contracts/run.ts';
import type { PerformanceCase } from '../../harness/contracts/suite.ts';
import { buildBench } from '../../harness/script/benchScript.ts';
import { buildCall } from '../../harness/script/callLine.ts';
import { quoted } from '../../harness/standalone/shell.ts';
import { type TwoModes, twoModes } from '../../harness/stats/modes.ts';
import type { RunHeader } from '../../harness/store/runFolder.ts';
import type { FinishedRun } from '../run/lastRun.ts';
import type { Workspace } from '../workspace.ts';
import { type CommandLine, timedCommandLine } from './commandLine.ts';
import { methodOf } from './method.ts';

export interface FigureView {
  schema: 'wasimeter/explain@1';
  run: string;
  figure: PerformanceRecord;
  method: string[];
  flags: { flag: Flag; meaning: string }[];
  /** Where the samples fall into two heaps. */
  modes?: TwoModes;
  /** The benchmark's own lines; or why they can't be told. */
  script: { lines: string[] } | { none: string };
  command: CommandLine | { none: string };
  /** How to measure just this one again, and how far it can be trusted here. */
  again: string[];
}

/** All that `explain` tells of a figure. */
export function viewOf(
  figure: PerformanceRecord,
  { run }: FinishedRun,
  header: RunHeader,
  workspace: Workspace,
): FigureView {
  const noise = run.noise.find((one) => one.runner === figure.runner && one.wasi === figure.wasi);
  const benchmark = benchmarkOf(figure, workspace);
  const modes = twoModes(figure.samples);
  return {
    schema: 'wasimeter/explain@1',
    run: run.id,
    figure,
    method: methodOf(figure, figure.metric === 'startup' || figure.metric === 'memory' ? undefined : noise),
    flags: figure.flags.map((flag) => ({ flag, meaning: FLAG_MEANINGS[flag] })),
    ...(modes ? { modes } : {}),
    script: scriptOf(figure, benchmark),
    command: commandOf(figure, benchmark, header, workspace),
    again: againOf(figure),
  };
}

function benchmarkOf({ suite, case: id, wasi }: PerformanceRecord, { catalog }: Workspace) {
  return catalog.suites.byId.get(suite)?.item.performance.find((one) => one.id === id && one.wasi === wasi);
}

const NOT_HERE = 'the suites here have no such benchmark';
/** Any will do: names in the script are made of it. */
const KEY = 1;

function scriptOf(figure: PerformanceRecord, benchmark: PerformanceCase | undefined): FigureView['script'] {
  if (!benchmark) return { none: NOT_HERE };
  if (benchmark.metric === 'startup') return { none: 'starting needs no script' };
  if (benchmark.metric === 'memory') return { none: 'it waits where its memory is looked at' };
  const { setup, bench, scriptHash } = benchmark.call
    ? buildCall(benchmark, KEY)
    : buildBench(benchmark, KEY);
  if (scriptHash !== figure.identity.scriptHash)
    return { none: 'it was another one: the benchmark has changed since' };
  return { lines: [...setup, bench].join('\n').split('\n') };
}

function commandOf(
  figure: PerformanceRecord,
  benchmark: PerformanceCase | undefined,
  header: RunHeader,
  { catalog, guests }: Workspace,
): FigureView['command'] {
  if (!benchmark) return { none: NOT_HERE };
  const guest = guests.get(benchmark.guest);
  const found = header.found[figure.runner];
  if (!guest || !found || 'missing' in found) return { none: 'the run does not say what was started' };
  try {
    const runner = findRunner(catalog, { word: figure.runner, where: `run ${header.id}` });
    return timedCommandLine(runner, found, {
      ...{
        guest,
        world: benchmark.world,
        isStart: benchmark.metric === 'startup' || benchmark.metric === 'memory',
      },
      isOneCpu: figure.flags.includes('one-cpu'),
    });
  } catch (error) {
    return { none: error instanceof Error ? error.message : String(error) };
  }
}

/** The metric as a tag leaves out cases that are no benchmark, and figures of another kind; variants of the call remain. */
function againOf({ runner, wasi, suite, case: id, metric, headline }: PerformanceRecord): string[] {
  const words = `--runner ${quoted(runner)} --wasi ${wasi} --case ${quoted(`${suite}/${id}`)}`;
  return [
    `wasimeter run ${words} --tag ${metric} --profile ${headline ? 'quick' : 'full'}`,
    `wasimeter aa ${words}`,
  ];
}
