/** The journal of a run: one JSON line for each observation as it happens, so that a killed run resumes. */

import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { Observation } from '../contracts/observation.ts';

export interface Journal {
  /** What an earlier, interrupted execution left; timing blocks only where they are whole. */
  kept: Observation[];
  add(observation: Observation): void;
  close(): void;
}

/** Opens a run's journal for appending; one that exists is read first. */
export function openJournal(file: string): Journal {
  const kept = existsSync(file) ? readJournal(file) : [];
  const descriptor = openSync(file, 'a');
  // Behind a line that was cut, the next one would be lost with it.
  if (!endsWithNewline(file)) writeSync(descriptor, '\n');
  return {
    kept,
    // One write a line: a killed process leaves at most one line cut, which readJournal passes over.
    add: (observation) => void writeSync(descriptor, `${JSON.stringify(observation)}\n`),
    close: () => closeSync(descriptor),
  };
}

/** The observations of a journal; a line cut by a kill and timing blocks without an end are left out. */
export function readJournal(file: string): Observation[] {
  const all = readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        const one = JSON.parse(line) as Observation | null;
        return typeof one === 'object' && one !== null && 'kind' in one ? [one] : [];
      } catch {
        return [];
      }
    });
  const lastBegin = new Map<string, number>();
  const whole = new Set<string>();
  all.forEach((one, index) => {
    if (one.kind === 'block-begin') {
      lastBegin.set(one.block, index);
      whole.delete(one.block);
    }
    if (one.kind === 'block-end') whole.add(one.block);
  });
  return all.filter(
    (one, index) => !('block' in one) || (whole.has(one.block) && index >= (lastBegin.get(one.block) ?? 0)),
  );
}

function endsWithNewline(file: string): boolean {
  const text = readFileSync(file);
  return text.length === 0 || text.at(-1) === 0x0a;
}
