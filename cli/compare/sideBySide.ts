/** Measures two runners side by side, block by block, each a run of its own. */

import { join } from 'node:path';
import { UserError } from '../../harness/contracts/failure.ts';
import type { RosterEntry } from '../../harness/contracts/plan.ts';
import type { RunResult } from '../../harness/contracts/run.ts';
import type { Runner } from '../../harness/contracts/runner.ts';
import type { Selection } from '../../harness/contracts/selection.ts';
import type { Suite } from '../../harness/contracts/suite.ts';
import { runPipeline } from '../../harness/pipeline.ts';
import { createRunFolder, type RunFolder, type RunHeader } from '../../harness/store/runFolder.ts';
import { hostWatch, type Measuring, rosterOf } from '../measuring.ts';
import { PREPARED_FOLDER, RUNS_FOLDER } from '../paths.ts';
import type { ProgressDisplay } from '../progress.ts';
import { newHeader } from '../run/header.ts';
import type { Workspace } from '../workspace.ts';

/** What all blocks of a comparison have in common. */
export interface Bench {
  workspace: Workspace;
  roster: RosterEntry[];
  purpose: NonNullable<RunHeader['purpose']>;
  /** The run's folder; blocks besides the first lie in it. */
  path: string;
  header: RunHeader;
  display: ProgressDisplay;
  signal: AbortSignal;
}

export interface Block {
  /** The folder below the comparison's; '' is that one itself. */
  name: string;
  suites: Suite[];
  selection: Selection | undefined;
  /** So many, unless a pilot chooses up to `upTo`. */
  processes: number;
  upTo?: number | undefined;
  seed: number;
}

/** What a block is asked to do; of the profile's own number of processes nothing is left, by pilot or not. */
export function blockHeader(
  { upTo: _, ...header }: RunHeader,
  { selection, processes, upTo, seed }: Pick<Block, 'processes' | 'seed' | 'selection' | 'upTo'>,
): RunHeader {
  return {
    ...header,
    ...(selection ? { selection } : {}),
    ...{ processes, seed },
    ...(upTo === undefined ? {} : { upTo }),
  };
}

/** Looks for the runners. Throws a UserError where one of them is not there: half a comparison is none. */
export async function findArms(
  runners: readonly Runner[],
  looking: Measuring & { install: boolean },
): Promise<RosterEntry[]> {
  const roster = await rosterOf(runners, looking);
  for (const { runner, missing } of roster) if (missing) throw new UserError(`${runner.id}: ${missing}`);
  return oneFileForOne(roster);
}

/**
 * Two copies of one program are started as the same file: their pages lie elsewhere, and that alone was worth 4% (RATIONALE.md, "Why the middle
 * half of quiet processes?").
 */
export function oneFileForOne(roster: readonly RosterEntry[]): RosterEntry[] {
  return roster.map((entry, index) => {
    const { found } = entry;
    const same = roster
      .slice(0, index)
      .find((one) => found?.sha256 !== undefined && one.found?.sha256 === found.sha256);
    if (!found || !same?.found) return entry;
    const { start: _, ...rest } = found;
    const { executable, start } = same.found;
    return { ...entry, found: { ...rest, executable, ...(start ? { start } : {}) } };
  });
}

/** Begins a comparison: its id, its folder. */
export async function openBench(
  given: Pick<Bench, 'workspace' | 'roster' | 'purpose' | 'display' | 'signal'>,
  suites: Suite[],
): Promise<Bench> {
  const { config, guests } = given.workspace;
  const made = await newHeader(config, { suites, roster: given.roster, guests }, undefined);
  const header: RunHeader = { ...made, purpose: given.purpose };
  const path = join(RUNS_FOLDER, header.id);
  // At once: a pilot that is interrupted leaves a folder that says whose it is.
  await createRunFolder(path, header);
  return { ...given, header, path };
}

/** Measures one block with all arms and stores it as a run. */
export async function measureBlock(
  bench: Bench,
  block: Block,
): Promise<{ run: RunResult; folder: RunFolder }> {
  const { workspace, roster, display, signal } = bench;
  const { guests } = workspace;
  const { suites } = block;
  const header = blockHeader(bench.header, block);
  const folder = await createRunFolder(join(bench.path, block.name), header);
  const run = await runPipeline({ header, roster, guests, suites }, folder, {
    cacheFolder: PREPARED_FOLDER,
    progress: display,
    signal,
    host: hostWatch(guests),
  });
  return { run, folder };
}

/** Suites with their benchmarks only: what is compared by figures needs no conformance beside it. */
export function benchmarksOf(suites: readonly Suite[]): Suite[] {
  return suites.map((suite) => ({ ...suite, conformance: [], inventory: [] }));
}
