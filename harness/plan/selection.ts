/** Decides what a selection takes, and says what a word in it should have been. */

import leven from 'leven';
import { UserError } from '../contracts/failure.ts';
import type { Selection, TrialName } from '../contracts/selection.ts';
import type { ConformanceCase, PerformanceCase, Suite } from '../contracts/suite.ts';
import { globTakes } from '../naming/globTakes.ts';
import { unknownWord } from '../userFiles/unknownWord.ts';
import { coveringSuite } from './covering.ts';

type Case = ConformanceCase | PerformanceCase;

/**
 * A case's tags: its own, and the function it is about, which is what stands before the `/` in its id. A benchmark has its metric
 * besides, and `headline`.
 */
export function tagsOf(one: Case): string[] {
  const subject = one.id.split('/')[0] ?? one.id;
  const own = 'metric' in one ? [one.metric, ...(one.headline ? ['headline'] : [])] : (one.tags ?? []);
  return [...new Set([subject, ...own])];
}

/** The suites with the cases that a selection can take of them. */
export function selectedSuites(selection: Selection | undefined, suites: Suite[]): Suite[] {
  return selection?.covering ? suites.map(coveringSuite) : suites;
}

/** Whether a selection takes a case at all, on whichever runner. */
export function takesCase(selection: Selection | undefined, suite: string, one: Case): boolean {
  const { cases, wasi, tags, trials } = selection ?? {};
  if (cases && !cases.some((glob) => globTakes(glob, suite, one.id))) return false;
  if (wasi && !wasi.includes(one.wasi)) return false;
  if (tags && !tagsOf(one).some((tag) => tags.includes(tag))) return false;
  return !trials || ('script' in one && trials.some((trial) => isOf(trial, suite, one)));
}

/** Whether a selection takes a case on a runner. */
export function takes(selection: Selection | undefined, suite: string, one: Case, runner: string): boolean {
  if (!takesCase(selection, suite, one)) return false;
  const trials = selection?.trials;
  return !trials || trials.some((trial) => trial.runner === runner && isOf(trial, suite, one));
}

const isOf = (trial: TrialName, suite: string, one: Case) =>
  trial.suite === suite && trial.case === one.id && trial.wasi === one.wasi;

/**
 * Throws a UserError for a glob or tag that takes nothing in the suites, with the nearest that there is, and where the parts of a
 * selection leave nothing together.
 */
export function checkSelection(selection: Selection, suites: readonly Suite[]): void {
  const all = suites.flatMap((suite) =>
    [...suite.conformance, ...suite.performance].map((one) => ({ suite: suite.id, one })),
  );
  for (const glob of selection.cases ?? [])
    if (!all.some(({ suite, one }) => globTakes(glob, suite, one.id))) throw noSuchCase(glob, suites);
  const tags = new Set(all.flatMap(({ one }) => tagsOf(one)));
  const stray = selection.tags?.find((tag) => !tags.has(tag));
  if (stray !== undefined) throw unknownWord('tag', stray, [...tags].toSorted(), '--tag');
  if (!all.some(({ suite, one }) => takesCase(selection, suite, one)))
    throw new UserError(`no case is left by ${selectionText(selection)} together: leave one of them out`);
}

/** A UserError for a glob that no case matches; names the nearest. */
export function noSuchCase(glob: string, suites: readonly Suite[], where = '--case'): UserError {
  const names = suites.flatMap((suite) =>
    [...suite.conformance, ...suite.performance].flatMap(({ id }) =>
      glob.startsWith(`${suite.id}/`) ? [`${suite.id}/${id}`] : [id, id.split('/')[0] ?? id],
    ),
  );
  const nearest = [...new Set(names)]
    .map((name) => ({ name, distance: leven(glob, name) }))
    .toSorted((a, b) => a.distance - b.distance)[0];
  const near = nearest ? `; the nearest is '${nearest.name}'` : '';
  return new UserError(`no case matches '${glob}' in ${where}${near} ('wasimeter list cases' shows all)`);
}

/** A selection as its options would be typed. */
export function selectionText({ cases, wasi, tags, covering, trials }: Selection): string {
  const said = (option: string, words: readonly string[] | undefined) =>
    (words ?? []).map((word) => `${option} ${/^[\w./@:#-]+$/.test(word) ? word : `'${word}'`}`);
  return [
    ...said('--case', cases),
    ...said('--wasi', wasi),
    ...said('--tag', tags),
    ...(covering ? ['one case for each (function, outcome) pair'] : []),
    ...(trials ? [`--last-failed (${trials.length})`] : []),
  ].join(' ');
}
