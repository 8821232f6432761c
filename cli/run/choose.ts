/** Decides what a run consists of: runners, suites, and what is selected of their cases. */

import { findRunners, findSuite } from '../../harness/catalog/catalog.ts';
import { chosenSuites, measuredRunners } from '../../harness/catalog/chosen.ts';
import type { Choice } from '../../harness/contracts/config.ts';
import { UserError } from '../../harness/contracts/failure.ts';
import type { Runner } from '../../harness/contracts/runner.ts';
import type { Selection, TrialName } from '../../harness/contracts/selection.ts';
import type { Suite } from '../../harness/contracts/suite.ts';
import { checkSelection, takesCase } from '../../harness/plan/selection.ts';
import type { RunHeader } from '../../harness/store/runFolder.ts';
import type { Workspace } from '../workspace.ts';
import { theFinishedRun } from './lastRun.ts';
import { failedTrials, type SelectionOptions, selectionOf } from './selectionOptions.ts';

export interface Chosen {
  runners: Runner[];
  suites: Suite[];
  selection: Selection | undefined;
}

/**
 * What configuration and options choose; undefined where `--last-failed` finds that nothing did. Throws a UserError for words that
 * name nothing.
 */
export async function choose(workspace: Workspace, options: SelectionOptions): Promise<Chosen | undefined> {
  const { config, catalog } = workspace;
  if (!options.lastFailed) {
    const suites = chosenSuites(catalog, config.suites);
    const selection = selectionOf(options, { covering: config.settings.cases === 'covering' });
    if (selection) checkSelection(selection, suites);
    const withFloors = config.settings.only === 'all';
    const runners = measuredRunners(catalog, config.runners, { withFloors });
    return { runners, suites, selection };
  }
  const { run } = await theFinishedRun(undefined);
  const named = <Name>(words: readonly Choice[] | undefined, option: string, name: (word: Choice) => Name) =>
    words?.[0]?.where === option ? new Set(words.map(name)) : undefined;
  const runners = named(config.runners, '--runner', (word) => findRunners(catalog, [word])[0]?.id);
  const suites = named(config.suites, '--suite', (word) => findSuite(catalog, word).id);
  const wanted = selectionOf(options);
  const all = chosenSuites(catalog, undefined);
  if (wanted) checkSelection(wanted, all);
  const isWanted = (trial: TrialName) =>
    (!runners || runners.has(trial.runner)) &&
    (!suites || suites.has(trial.suite)) &&
    all.some(
      ({ id, conformance }) =>
        id === trial.suite &&
        conformance.some(
          (one) => one.id === trial.case && one.wasi === trial.wasi && takesCase(wanted, id, one),
        ),
    );
  const trials = failedTrials(run).filter(isWanted);
  if (trials.length === 0) return undefined;
  return again(workspace, `run ${run.id}`, {
    runners: [...new Set(trials.map(({ runner }) => runner))],
    suites: [...new Set(trials.map(({ suite }) => suite))],
    selection: selectionOf(options, { trials }),
  });
}

/** What a run began with. */
export const chosenBefore = (workspace: Workspace, { id, runners, suites, selection }: RunHeader): Chosen =>
  again(workspace, `run ${id}`, { runners, suites, selection });

interface Named {
  runners: string[];
  suites: string[];
  selection?: Selection | undefined;
}

function again(workspace: Workspace, where: string, { runners, suites, selection }: Named): Chosen {
  const choices = (ids: readonly string[]) => ids.map((word) => ({ word, where }));
  return {
    runners: findRunners(workspace.catalog, choices(runners)),
    suites: chosenSuites(workspace.catalog, choices(suites)),
    selection,
  };
}

/** A run goes on as it began. */
export function refuseWithResume(options: Record<string, unknown>): void {
  const given = [
    'runner',
    'suite',
    'profile',
    'seed',
    'case',
    'wasi',
    'tag',
    'last-failed',
    'time-budget',
    'watch',
    'list',
  ].find((name) => options[name.replace(/-(.)/, (_, letter: string) => letter.toUpperCase())] !== undefined);
  if (given) throw new UserError(`--resume goes on with what the run began with: leave out --${given}`);
}
