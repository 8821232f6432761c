/** Runs the compilers that prepare guests: bounded, ended by an interruption, their own words in the error. */

import { mkdtemp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { TrialEnd } from '../contracts/observation.ts';
import type { PrepareTools } from '../contracts/runner.ts';
import { runProcess } from './process.ts';

const TIMEOUT_MS = 600_000;
const MOST_LINES = 4;
const MOST_CHARACTERS = 600;

/** A compiler ran to its end and refused what it was given. */
export class CompilerRefusal extends Error {}

/** Tools that run compilers in a passing folder inside `scratch`, and give each `timeoutMs`. */
export function prepareTools(scratch: string, timeoutMs = TIMEOUT_MS): PrepareTools {
  return {
    async run(command) {
      const folder = await mkdtemp(join(scratch, '.running-'));
      try {
        const { end, stderr } = await runProcess(command, folder, timeoutMs);
        if (end.exitCode === 0 && !end.timedOut && !end.flooded) return;
        const isItsOwn = end.exitCode !== undefined && !end.timedOut && !end.flooded;
        const said = `${basename(command.file)} ${howEnded(end, timeoutMs)}${wordsOf(stderr, end.stdoutText)}`;
        throw isItsOwn ? new CompilerRefusal(said) : new Error(said);
      } finally {
        await rm(folder, { recursive: true, force: true, maxRetries: 5 });
      }
    },
  };
}

function howEnded(end: TrialEnd, timeoutMs: number): string {
  if (end.startError !== undefined) return `could not be started: ${end.startError}`;
  if (end.timedOut) return `took longer than ${timeoutMs / 1000} s`;
  if (end.flooded) return 'wrote too much';
  return end.signal === undefined ? `ended with ${end.exitCode}` : `was ended by ${end.signal}`;
}

/** The lines that speak of an error, else the last ones: compilers tell their progress first. WasmEdge's go to stdout. */
function wordsOf(stderr: string, stdout = ''): string {
  const lines = stripVTControlCharacters(`${stdout}\n${stderr}`)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const errors = lines.filter((line) => /error/i.test(line) && !/^at /.test(line));
  const chosen = errors.length > 0 ? errors.slice(0, MOST_LINES) : lines.slice(-MOST_LINES);
  return chosen.length > 0 ? `: ${chosen.join('; ').slice(0, MOST_CHARACTERS)}` : '';
}
