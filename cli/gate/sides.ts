/** Decides what a gate holds against what: runners that are measured, or runs that were. */

import { findRunner } from '../../harness/catalog/catalog.ts';
import { UserError } from '../../harness/contracts/failure.ts';
import type { Runner } from '../../harness/contracts/runner.ts';
import { loadStored, measuredIn, refuseStale, type StoredRun, storedFile } from '../compare/stored.ts';
import type { Workspace } from '../workspace.ts';

export interface SideOptions {
  baseline?: string;
  candidate?: string;
  runner?: string[];
  anyMachine?: boolean;
}

export type Sides =
  | { kind: 'side-by-side'; baseline: Runner; candidate: Runner }
  | { kind: 'against-stored'; baseline: StoredRun; candidates: Runner[] }
  | { kind: 'stored'; baseline: StoredRun; candidate: StoredRun; runners: readonly string[] | undefined };

/** What options and configuration say; a runner's id is told from a stored run by whether there is one of that name. */
export async function sidesOf(workspace: Workspace, options: SideOptions): Promise<Sides> {
  const { gate } = workspace.config;
  const baseline = options.baseline ?? gate.baseline;
  if (baseline === undefined)
    throw new UserError(
      "a gate holds the candidate against what? --baseline or gate.baseline of bench.config: a runner ('wasmtime@48') or a stored baseline ('wasimeter baseline list')",
    );
  const asked = options.candidate ?? (options.runner ? undefined : gate.candidate);
  const file = storedFile(baseline);
  const where = options.baseline === undefined ? 'gate.baseline' : '--baseline';
  if (file === undefined) return runners(workspace, baseline, where, asked, options);
  const stored = await loadStored(file);
  refuseStale(
    stored,
    workspace.guests,
    `save it again ('wasimeter baseline save'), or name a runner in ${where}`,
  );
  const candidateFile = asked === undefined ? undefined : storedFile(asked);
  if (candidateFile !== undefined) {
    const candidate = await loadStored(candidateFile);
    refuseStale(candidate, workspace.guests, 'measure it again');
    return { kind: 'stored', baseline: stored, candidate, runners: options.runner };
  }
  const ids = options.runner ?? (asked === undefined ? undefined : [asked]) ?? measuredIn(stored);
  const candidates = ids.map((word) => findRunner(workspace.catalog, { word, where: `the gate` }));
  const unknown = candidates.find(({ id }) => !measuredIn(stored).includes(id));
  if (unknown && (candidates.length > 1 || measuredIn(stored).length > 1))
    throw new UserError(
      `${stored.file} has no figures of '${unknown.id}' (it has ${measuredIn(stored).join(', ')}): choose by --runner`,
    );
  return { kind: 'against-stored', baseline: stored, candidates };
}

function runners(
  { catalog }: Workspace,
  baseline: string,
  where: string,
  asked: string | undefined,
  options: SideOptions,
): Sides {
  const [word, ...more] = asked === undefined ? (options.runner ?? []) : [asked];
  if (word === undefined)
    throw new UserError(
      'a gate needs a candidate: --candidate or gate.candidate of bench.config, e.g. wasmtime@49',
    );
  if (more.length > 0)
    throw new UserError('beside a baseline that is measured again there is one candidate: name one --runner');
  if (storedFile(word) !== undefined)
    throw new UserError(
      `the candidate '${word}' is a stored run, the baseline '${baseline}' a runner: both are measured, or the baseline is stored`,
    );
  const sides = [
    findRunner(catalog, { word: baseline, where }),
    findRunner(catalog, { word, where: '--candidate' }),
  ];
  return { kind: 'side-by-side', baseline: sides[0]!, candidate: sides[1]! };
}
