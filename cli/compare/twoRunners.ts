/** Decides which two runners are compared: two ids, one with executables of the user's, or one beside itself. */

import { resolve } from 'node:path';
import { findRunner } from '../../harness/catalog/catalog.ts';
import { deriveRunner } from '../../harness/catalog/deriveRunner.ts';
import { UserError } from '../../harness/contracts/failure.ts';
import type { RosterEntry } from '../../harness/contracts/plan.ts';
import type { Runner } from '../../harness/contracts/runner.ts';
import { parseRunnerId, runnerIdText } from '../../harness/naming/runnerId.ts';
import type { Workspace } from '../workspace.ts';

export interface Asked {
  words: readonly string[];
  aBin?: string;
  bBin?: string;
  /** Where the words stand. */
  where: string;
}

/** The baseline's runner and the candidate's. */
export function twoRunners({ catalog }: Workspace, { words, aBin, bBin, where }: Asked): [Runner, Runner] {
  const bins = [aBin, bBin];
  const isOwn = bins.some((bin) => bin !== undefined);
  if (words.length === 1 && !isOwn)
    throw new UserError(
      `${words[0]} is compared with what? Name a second runner, or executables by --a-bin and --b-bin`,
    );
  if (words.length === 2 && isOwn)
    throw new UserError(
      '--a-bin and --b-bin go with one runner, whose executables they are: leave out the second',
    );
  const [a, b = a] = words as [string, string?];
  return [a, b].map((word, index): Runner => {
    const bin = bins[index];
    const runner = findRunner(catalog, { word, where });
    if (bin === undefined) return runner;
    const id = parseRunnerId(word, where);
    const base = catalog.runners.get(id.runtime)?.item ?? runner;
    return deriveRunner(
      base,
      { ...id, release: SIDES[index]! },
      index === 0 ? '--a-bin' : '--b-bin',
      resolve(bin),
    );
  }) as [Runner, Runner];
}

const SIDES = ['a', 'b'] as const;

/** Two arms of one id get ids of their own, `wasmtime@a` and `wasmtime@b`: figures are kept by them. */
export function toldApart(roster: readonly RosterEntry[]): RosterEntry[] {
  if (roster[0]?.runner.id !== roster[1]?.runner.id) return [...roster];
  return roster.map((entry, index) => {
    const { runner } = entry;
    const id = runnerIdText({ ...parseRunnerId(runner.id, 'the runner'), release: SIDES[index]! });
    return { ...entry, runner: { ...runner, id, runtime: runner.runtime ?? runner.id } };
  });
}
