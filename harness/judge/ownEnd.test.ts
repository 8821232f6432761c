/** How a user's wasm ended: well only with exit code 0, and of the rest no more than its last words. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OwnProcess } from '../contracts/ownWasm.ts';
import type { EndKind, Runner } from '../contracts/runner.ts';
import { ownFailure } from './ownEnd.ts';

const ended = (end: Partial<OwnProcess['end']>, stderr = ''): OwnProcess => ({
  ...{ durationNs: 1, inBytes: 0, outBytes: 0, stderr },
  end: { exitCode: 0, signal: undefined, stderrText: '', timedOut: false, flooded: false, ...end },
});
const judged = (process: OwnProcess, kind: EndKind = { kind: 'exit', code: process.end.exitCode ?? -1 }) =>
  ownFailure({ id: 'rt', classify: () => kind } as unknown as Runner, '1', process);

test('exit code 0 is no failure, whatever was written', () =>
  assert.equal(judged(ended({ exitCode: 0 }, 'Error: no')), undefined));

for (const [what, process, kind, expected, reason] of [
  ['an exit code', ended({ exitCode: 3 }), undefined, 'exit', 'exit code 3'],
  [
    'a trap',
    ended({ exitCode: 134 }),
    { kind: 'trap', message: 'unreachable' },
    'trap',
    'a trap: unreachable',
  ],
  [
    'a refusal',
    ended({ exitCode: 1 }),
    { kind: 'refused', message: 'no' },
    'refused',
    'the runtime refused it: no',
  ],
  [
    'a crash',
    ended({ exitCode: undefined }),
    { kind: 'crash', message: 'x' },
    'crash',
    'the runtime failed: x',
  ],
  ['a hang', ended({ timedOut: true }), undefined, 'timeout', 'it did not end in time'],
  ['too much output', ended({ flooded: true }), undefined, 'flood', 'it wrote more than is let through'],
  ['no start', ended({ startError: 'ENOENT' }), undefined, 'not started', 'ENOENT'],
] as const)
  test(`${what} is told as one`, () => {
    const failure = judged(process, kind);
    assert.deepEqual([failure?.kind, failure?.reason, failure?.runner], [expected, reason, 'rt']);
  });

test("the runtime's own classification hears what stood on stderr", () => {
  let heard = '';
  const runner = {
    id: 'rt',
    classify: ({ stderrText }: { stderrText: string }) => {
      heard = stderrText;
      return { kind: 'exit', code: 0 };
    },
  };
  ownFailure(runner as unknown as Runner, '1', ended({}, 'words'));
  assert.equal(heard, 'words');
});

test('of what was written the last lines are kept, and no more than so many characters', () => {
  const lines = Array.from({ length: 50 }, (_, index) => `line ${index}`).join('\n');
  const failure = judged(ended({ exitCode: 1, stdoutText: 'x'.repeat(100_000) }, `${lines}\n`));
  assert.match(failure?.stderr ?? '', /^line 38\n[\s\S]*line 49$/);
  assert.equal(failure?.stdout.length, 2000);
});
