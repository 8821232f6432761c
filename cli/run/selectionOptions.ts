/** Owns the options that select cases, for every command that has them, and the selection they say. */

import { type Command, InvalidArgumentError } from 'commander';
import type { RunResult } from '../../harness/contracts/run.ts';
import type { Selection, TrialName } from '../../harness/contracts/selection.ts';
import type { WasiVersion } from '../../harness/contracts/wasi.ts';
import { UNEXPECTED_OUTCOMES } from '../summary.ts';

export interface SelectionOptions {
  case?: string[];
  wasi?: WasiVersion[];
  tag?: string[];
  lastFailed?: boolean;
}

const VERSIONS: readonly WasiVersion[] = ['p1', 'p2'];

/** Adds `--case`, `--wasi` and `--tag` to a command. */
export function withSelection(command: Command): Command {
  return withWasi(command)
    .option(
      '-c, --case <glob...>',
      'cases and benchmarks: globs for case or suite/case, or what stands before a /',
    )
    .option('-t, --tag <tag...>', "cases with that tag: the function's name, or one that the case carries");
}

/** Adds `--wasi` to a command. */
export function withWasi(command: Command): Command {
  return command.option('--wasi <version...>', 'p1 or p2', version);
}

function version(text: string, before: WasiVersion[] = []): WasiVersion[] {
  const known = VERSIONS.find((one) => one === text);
  if (!known) throw new InvalidArgumentError(`there are: ${VERSIONS.join(', ')}.`);
  return [...before, known];
}

/**
 * The selection that the options say; undefined where they leave everything. Where the profile is content with covering cases
 * (`covering`), it is so only as long as no option names cases itself.
 */
export function selectionOf(
  options: SelectionOptions,
  { trials, covering = false }: { trials?: TrialName[]; covering?: boolean } = {},
): Selection | undefined {
  const selection: Selection = {
    ...(options.case ? { cases: options.case } : {}),
    ...(options.wasi ? { wasi: [...new Set(options.wasi)] } : {}),
    ...(options.tag ? { tags: options.tag } : {}),
    ...(covering && !options.case && !options.tag ? { covering: true } : {}),
    ...(trials ? { trials } : {}),
  };
  return Object.keys(selection).length > 0 ? selection : undefined;
}

/** What came out of a run as nobody expected. */
export function failedTrials(run: RunResult): TrialName[] {
  return run.conformance
    .filter(({ outcome }) => UNEXPECTED_OUTCOMES.includes(outcome))
    .map(({ suite, case: name, wasi, runner }) => ({ suite, case: name, wasi, runner }));
}
