/** What a gate measures: a pilot that fixes how many, a first block, and a fresh one of what looked red alone. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunResult } from '../../harness/contracts/run.ts';
import { fakeArm, fakeRecord, samplesAround } from '../../harness/judge/fakeArms.ts';
import { runFolder } from '../../harness/store/runFolder.ts';
import type { Block } from '../compare/sideBySide.ts';
import { measureGate } from './blocks.ts';

const NAMES = ['c0', 'c1', 'c2', 'c3'];

/** Measures made-up figures; what `cost` says of a benchmark in a block is what the candidate's costs. */
async function gate(cost: (block: string, name: string) => number) {
  const blocks: Block[] = [];
  const told: string[] = [];
  const gated = await measureGate({
    benchmarks: { suites: [], selection: { wasi: ['p1'] }, takes: () => true },
    options: { wasi: ['p1'] },
    rule: { seed: 7, confirms: true, waivers: [], now: new Date(0) },
    kind: 'side-by-side',
    notices: ['n'],
    note: (text) => void told.push(text),
    cases: 'covering',
    measure: async (block) => {
      blocks.push(block);
      const taken = NAMES.filter((name) => block.selection?.cases?.includes(`s/${name}`) ?? true);
      const side = (runner: string) =>
        fakeArm(
          runner,
          taken.map((name) => {
            const each = runner === 'b' ? cost(block.name, name) : 100;
            return fakeRecord({
              case: name,
              samples: samplesAround(each, block.processes, block.name, runner, name),
            });
          }),
        ).run;
      const [a, b] = [side('a'), side('b')];
      const run = {
        ...{ id: 'r', conformance: [], notMeasured: [], runners: [...a.runners, ...b.runners] },
        ...{ performance: [...a.performance, ...b.performance], noise: [...a.noise, ...b.noise] },
      } as unknown as RunResult;
      return { run, folder: runFolder(block.name) };
    },
    pairsIn: (run) => [{ baseline: { run, runner: 'a' }, candidate: { run, runner: 'b' } }],
  });
  const verdicts = gated.comparison.benchmarks.map(({ case: name, verdict }) => `${name} ${verdict}`);
  return { blocks, told, gated, verdicts };
}

test('where nothing looks red there is no second block', async () => {
  const { blocks, verdicts } = await gate(() => 100);
  assert.deepEqual(
    blocks.map(({ name }) => name),
    ['pilot', ''],
  );
  assert.ok(!verdicts.some((one) => one.includes('regressed')));
});

test('what looks red is measured afresh by itself, as often as before, and is red where it is so again', async () => {
  const { blocks, verdicts, gated } = await gate((_, name) => (name === 'c2' ? 105 : 100));
  const [pilot, first, confirming] = blocks;
  assert.deepEqual([pilot?.processes, first?.name, confirming?.name], [20, '', 'confirming']);
  assert.ok(first!.processes >= 40 && first!.processes <= 100);
  assert.equal(confirming?.processes, first?.processes);
  assert.deepEqual(confirming?.selection, { cases: ['s/c2'], wasi: ['p1'] });
  assert.deepEqual(first?.selection, { wasi: ['p1'], covering: true }, 'conformance as the profile has it');
  assert.equal(new Set(blocks.map(({ seed }) => seed)).size, 3);
  assert.equal(verdicts[0], 'c2 regressed');
  assert.ok(gated.comparison.benchmarks[0]?.confirming);
  assert.deepEqual(gated.comparison.notices, ['n']);
});

test('what looked red once only is unsure', async () => {
  const { verdicts } = await gate((block, name) => (name === 'c2' && block === '' ? 105 : 100));
  assert.ok(verdicts.includes('c2 unsure'));
  assert.ok(!verdicts.some((one) => one.includes('regressed')));
});
