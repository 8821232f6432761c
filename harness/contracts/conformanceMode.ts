/** A runner as its conformance trials see it: in the mode that it names for them, where the runtime has that mode. */

import type { Found, Runner } from './runner.ts';

export interface Equipped {
  runner: Runner;
  found: Found;
}

/** The runner and what was found of it as conformance trials use them: unchanged where it names no mode, or lacks the one it names. */
export function forConformance(runner: Runner, found: Found): Equipped {
  const name = runner.conformance;
  const mode = name === undefined ? undefined : runner.modes?.[name];
  if (!mode || mode.lacks?.(found) !== undefined) return { runner, found };
  const { title: _, mode: kind, lacks: _lacks, ...overrides } = mode;
  // As the mode is called by itself, so that both find the same prepared artefacts.
  const id = runner.id.replace(/^[^@]*/, (own) => `${own}+${name}`);
  const { warm: _warm, ...rest } = runner;
  return { runner: { ...rest, ...overrides, id }, found: { ...found, mode: kind } };
}
