/** Finds where in a suite's own files something stands: by an error's stack, or by a case's id. */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MODULE_ENDINGS } from '../userFiles/importDefault.ts';

/** The suite's folder, and how its main file is called in errors. */
export interface SuiteSource {
  folder: string;
  shown: string;
}

/** Enough for a helper of a helper, with the builder's own frames above. */
const MOST_FRAMES = 60;

/** Does something while errors keep a longer stack than usual. */
export function withLongStacks<Result>(act: () => Result): Result {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = MOST_FRAMES;
  try {
    return act();
  } finally {
    Error.stackTraceLimit = before;
  }
}

/** `suites/own/clocks.ts:12` of the innermost frame in the suite's folder; its main file where there is none. */
export function thrownAt(error: unknown, { folder, shown }: SuiteSource): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  for (const [, place = '', line] of stack.matchAll(
    /^\s+at .*?\(?((?:file:\/\/)?\/[^\s()]*):(\d+):\d+\)?$/gm,
  )) {
    const file = place.startsWith('file:') ? fileURLToPath(place.replace(/[?#].*/, '')) : place;
    const inside = relative(folder, file);
    if (!inside.startsWith('..')) return `${join(dirname(shown), inside)}:${line}`;
  }
  return shown;
}

/** Where the id stands in the suite's files, if it does in just one place; else the suite's main file. */
export function writtenAt(id: string, { folder, shown }: SuiteSource): string {
  const found: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isFile() || !MODULE_ENDINGS.some((ending) => entry.name.endsWith(ending))) continue;
    const lines = readFileSync(join(folder, entry.name), 'utf8').split('\n');
    for (const [index, line] of lines.entries())
      if (['"', "'", '`'].some((quote) => line.includes(quote + id + quote)))
        found.push(`${join(dirname(shown), entry.name)}:${index + 1}`);
  }
  return found.length === 1 ? (found[0] ?? shown) : shown;
}
