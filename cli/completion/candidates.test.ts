/** What completes a command line, in a tree of commands as the program has it. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { wasimeterProgram } from '../program.ts';
import { candidates } from './candidates.ts';

const WORDS = {
  ...{ runtimes: ['wasmedge', 'wasmtime', 'wasmtime@48.0.2'] },
  ...{ runners: ['node', 'wasmedge', 'wasmtime'], suites: ['clocks', 'random'], reporters: ['html'] },
  ...{
    profiles: ['quick', 'full', 'own'],
    runs: ['20260101-120000-1'],
    lists: ['runners', 'runs'],
    ...{
      cases: ['clock_res_get/realtime'],
      tags: ['clock_res_get'],
      benchmarks: ['clock_time_get/monotonic'],
    },
  },
};

const completed = async (...words: string[]) =>
  (await candidates(wasimeterProgram(), words, (kind) => Promise.resolve(WORDS[kind]))).map(
    ({ word }) => word,
  );

describe('completing', () => {
  for (const [label, words, expected] of [
    ['a command', ['r'], ['report', 'run', 'runtimes']],
    ['a case', ['run', '--case', 'clock'], ['clock_res_get/realtime']],
    ['a tag', ['run', '--tag', ''], ['clock_res_get']],
    ['an option', ['run', '--re'], ['--report', '--resume']],
    ['an option that was given, not again', ['run', '--resume', 'x', '--res'], []],
    ['an option that takes several, again', ['run', '--runner', 'node', '--runn'], ['--runner']],
    ['a runner', ['run', '--runner', 'wasm'], ['wasmedge', 'wasmtime']],
    ['a second runner', ['run', '-r', 'node', 'wasmt'], ['wasmtime']],
    ['a suite', ['coverage', '--suite', ''], ['clocks', 'random']],
    ["a profile, the folder's own too", ['run', '--profile', 'o'], ['own']],
    ['a profile given with =', ['run', '--profile=q'], ['--profile=quick']],
    ['a profile given with =, as bash parts it', ['run', '--profile', '=', 'q'], ['quick']],
    ['nothing chosen yet behind =', ['run', '--fail-on', '='], ['unexpected']],
    ['a choice', ['run', '--fail-on', ''], ['unexpected']],
    ['behind the value of an option', ['run', '--profile', 'quick', '--see'], ['--seed']],
    ['a run', ['run', '--resume', '2026'], ['20260101-120000-1']],
    ['a figure', ['explain', ''], ['clock_time_get/monotonic']],
    ['the run of a figure', ['explain', 'node', '2026'], ['20260101-120000-1']],
    ['a benchmark', ['aa', '--case', ''], ['clock_time_get/monotonic']],
    ['what only aa has', ['aa', '--rep'], ['--repeats']],
    ['a runner to compare, and the second one', ['compare', 'node', 'wasmt'], ['wasmtime']],
    ['a baseline', ['gate', '--baseline', 'no'], ['node']],
    ['a run to keep', ['baseline', 'save', 'main', '2026'], ['20260101-120000-1']],
    ['a list', ['list', 'run'], ['runners', 'runs']],
    ['a runtime to install', ['runtimes', 'install', 'wasmt'], ['wasmtime', 'wasmtime@48.0.2']],
    ['a second runtime', ['runtimes', 'doctor', 'node', 'wasme'], ['wasmedge']],
    ['a shell', ['completion', ''], ['bash', 'zsh', 'fish']],
    ['help', ['list', '--h'], ['--help']],
    ['a folder is left to the shell', ['run', '--out', ''], []],
    ['nothing behind the last argument', ['list', 'runners', ''], []],
    ['nothing in a command that is none', ['rnu', 'run', ''], []],
    ['nothing behind an option that is none', ['run', '--nope', ''], []],
  ] as const)
    test(label, async () => assert.deepEqual(await completed(...words), expected));

  test('the hidden command is not offered', async () => {
    const commands = await completed('');
    assert.ok(commands.includes('completion'));
    assert.ok(!commands.includes('complete'));
  });
});
