/** Finds the figures of a run that words on the command line mean. */

import { posix } from 'node:path';
import leven from 'leven';
import { UserError } from '../../harness/contracts/failure.ts';
import type { PerformanceRecord, RunResult } from '../../harness/contracts/run.ts';
import { benchmarkName } from '../../harness/naming/benchmarkName.ts';
import { globTakes } from '../../harness/naming/globTakes.ts';

type Named = Pick<PerformanceRecord, 'runner' | 'wasi' | 'suite' | 'case'>;

/** More figures than this are a list, not an answer. */
const MOST = 20;
const NEAREST = 3;

/** A figure's name as it is asked for: `wasmtime p1 clocks/clock_time_get`. */
export const figureName = (one: Named) => `${one.runner} ${benchmarkName(one)}`;

/**
 * The figures that every word takes: by runner, WASI version, metric, case, suite/case or suite, or as a glob for runner or case. Names in
 * full go before globs, so that `fd_read` is not also `fd_read/4096`. At most 20.
 */
export function matchingFigures(figure: string, run: RunResult): PerformanceRecord[] {
  const words = wordsOf(figure);
  return matching(words, run.performance);
}

/**
 * As {@link matchingFigures}, at least one. Throws a UserError where there is none, which says why the run has no such figure or names the
 * nearest, and where there are too many.
 */
export function findFigures(figure: string, run: RunResult): PerformanceRecord[] {
  const words = wordsOf(figure);
  const found = matching(words, run.performance);
  if (found.length === 0) throw noFigure(words, run);
  if (found.length > MOST)
    throw new UserError(
      `'${figure}' takes ${found.length} figures of run ${run.id}: name one, as '${figureName(found[0]!)}'`,
    );
  return found;
}

function wordsOf(figure: string): string[] {
  const words = figure.split(/\s+/).filter(Boolean);
  if (words.length === 0) throw new UserError("FIGURE is empty: name one, as 'wasmtime clock_time_get'");
  return words;
}

function matching<One extends Named & { metric?: string }>(
  words: readonly string[],
  all: readonly One[],
): One[] {
  const by = (takes: (word: string, one: One) => boolean) =>
    all.filter((one) => words.every((word) => takes(word, one)));
  const exact = by(isName);
  return exact.length > 0 ? exact : by((word, one) => isName(word, one) || isGlobOf(word, one));
}

const isName = (word: string, { runner, wasi, suite, case: id, metric }: Named & { metric?: string }) =>
  [runner, wasi, suite, id, `${suite}/${id}`, metric].includes(word);

const isGlobOf = (word: string, { runner, suite, case: id }: Named) =>
  globTakes(word, suite, id) || posix.matchesGlob(runner, word);

function noFigure(words: readonly string[], run: RunResult): UserError {
  const asked = words.join(' ');
  const missing = matching(words, run.notMeasured)[0];
  if (missing)
    return new UserError(`run ${run.id} has no figure for ${figureName(missing)}: ${missing.reason}`);
  if (run.performance.length === 0)
    return new UserError(`run ${run.id} has no figures: it ran no benchmarks`);
  const nearest = run.performance
    .map((one) => ({ name: figureName(one), distance: distance(words, one) }))
    .toSorted((left, right) => left.distance - right.distance)
    .slice(0, NEAREST)
    .map(({ name }) => `'${name}'`);
  return new UserError(
    `no figure of run ${run.id} is '${asked}'; the nearest: ${nearest.join(', ')} ('wasimeter list benchmarks' shows all that can be measured)`,
  );
}

/** How many letters have to change until each word is one of the figure's names. */
function distance(words: readonly string[], one: Named & { metric?: string }): number {
  const { runner, wasi, suite, case: id } = one;
  const names = [runner, wasi, suite, id, `${suite}/${id}`, id.split('/')[0] ?? id];
  return words
    .map((word) => (isGlobOf(word, one) ? 0 : Math.min(...names.map((name) => leven(word, name)))))
    .reduce((sum, letters) => sum + letters, 0);
}
