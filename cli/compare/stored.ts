/** Finds stored runs that are compared: by id, path, or the name of a baseline. */

import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { UserError } from '../../harness/contracts/failure.ts';
import type { RunResult } from '../../harness/contracts/run.ts';
import { checkSound } from '../../harness/judge/soundRun.ts';
import { ESTIMATOR } from '../../harness/measure/estimator.ts';
import { loadRun } from '../../harness/store/runFile.ts';
import { runFolder } from '../../harness/store/runFolder.ts';
import { BASELINES_FOLDER, RUNS_FOLDER } from '../paths.ts';

export interface StoredRun {
  run: RunResult;
  /** As it is spoken of. */
  file: string;
}

/** What a word names if it names a stored run: its run.json. Undefined for what can only be a runner. */
export function storedFile(word: string): string | undefined {
  if (/[\\/]/.test(word) || word.endsWith('.json'))
    return word.endsWith('.json') ? word : runFolder(word).result;
  const name = /^[\w.-]+$/.test(word) && !word.startsWith('.');
  const places = [runFolder(join(RUNS_FOLDER, word)).result, join(BASELINES_FOLDER, `${word}.json`)];
  return name ? places.find((file) => existsSync(file)) : undefined;
}

/** Loads a stored run and checks that its figures can be compared. Throws a UserError that names the field otherwise. */
export async function loadStored(file: string): Promise<StoredRun> {
  const shown = relative(process.cwd(), resolve(file));
  const run = await loadRun(shown);
  checkSound(run, shown, ESTIMATOR);
  if (run.performance.length === 0)
    throw new UserError(
      `${shown}: performance: it is empty, there is nothing to compare: measure a run with benchmarks`,
    );
  return { run, file: shown };
}

/** Throws a UserError where a stored run was measured by another estimator, or with guests other than those of today. */
export function refuseStale(
  { run, file }: StoredRun,
  guests: ReadonlyMap<string, { hash: string }>,
  again: string,
): void {
  const hashes = new Set([...guests.values()].map(({ hash }) => hash));
  for (const [index, { identity }] of run.performance.entries()) {
    const at = `${file}: performance.${index}.identity`;
    if (identity.estimator !== ESTIMATOR)
      throw new UserError(
        `${at}.estimator: its figures are of estimator ${identity.estimator}, today's are of ${ESTIMATOR}: ${again}`,
      );
    if (!hashes.has(identity.guestHash))
      throw new UserError(`${at}.guestHash: its guest was rebuilt since: ${again}`);
  }
}

/** The runners that a stored run has figures of. */
export const measuredIn = ({ run }: StoredRun): string[] => [
  ...new Set(run.performance.map(({ runner }) => runner)),
];

/** The runners that two runs have in common, or the only one of each. */
export function armsOf(a: StoredRun, b: StoredRun, wanted?: readonly string[]): [string, string][] {
  const [before, now] = [measuredIn(a), measuredIn(b)];
  const common = before.filter((id) => now.includes(id) && (!wanted || wanted.includes(id)));
  if (common.length > 0) return common.map((id) => [id, id]);
  if (!wanted && before.length === 1 && now.length === 1) return [[before[0]!, now[0]!]];
  throw new UserError(
    `no runner is in both${wanted ? ` by --runner ${wanted.join(' ')}` : ''}: ${a.file} has ${before.join(', ')}, ${b.file} has ${now.join(', ')}`,
  );
}
