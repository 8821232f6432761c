/** Comparison files: read as they were written, refused with the field otherwise, described by the committed JSON Schema. */

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Comparison } from '../contracts/comparison.ts';
import { loadComparison, saveComparison } from './comparisonFile.ts';
import { comparisonJsonSchema } from './comparisonSchema.ts';

const first = {
  ...{ baseline: 100, candidate: 105, p: 0.001, holmP: 0.01, notices: [] },
  ratio: { value: 1.05, low: 1.04, high: 1.06 },
  processes: [40, 40] as [number, number],
};
const COMPARISON: Comparison = {
  schema: 'wasimeter/comparison@1',
  kind: 'side-by-side',
  arms: [{ baseline: { runner: 'a', run: 'r' }, candidate: { runner: 'b', run: 'r', version: '1' } }],
  seed: 1,
  benchmarks: [
    {
      ...{ suite: 's', case: 'c', wasi: 'p1', title: 't', metric: 'latency', unit: 'ns', better: 'lower' },
      ...{ parameters: { bytes: 4 }, headline: true, arms: ['a', 'b'], verdict: 'regressed' },
      ...{ floor: { share: 0.01, why: 'the default' }, first, confirming: first, notices: ['n'] },
      waiver: { benchmark: 's/c', upTo: 0.1, until: '2027-01-01', reason: 'known' },
    },
  ],
  notCompared: [{ suite: 's', case: 'd', wasi: 'p2', runner: 'b', reason: 'r' }],
  notices: [],
  gate: { regressed: 0, unexpected: [], failOn: ['regressed'], exitCode: 0 },
};

function fileIn(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'wasimeter-comparison-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'comparison.json');
}

test('is read as it was written; none is no mistake', async (t) => {
  const file = fileIn(t);
  assert.equal(await loadComparison(file), undefined);
  await saveComparison(file, COMPARISON);
  assert.deepEqual(await loadComparison(file), COMPARISON);
});

test('what is none is refused, naming the field', async (t) => {
  const file = fileIn(t);
  const whole = JSON.stringify(COMPARISON);
  for (const [text, message] of [
    [whole.replace('comparison@1', 'comparison@2'), /schema/],
    [whole.replace('"value":1.05', '"value":1e999'), /benchmarks\.0\.first\.ratio\.value/],
    [whole.replace('"verdict":"regressed"', '"verdict":"<b>"'), /benchmarks\.0\.verdict/],
    [whole.replace('"bytes":4', '"__proto__":4'), /benchmarks\.0\.parameters\.__proto__/],
    [whole.slice(0, 99), /cannot be read as JSON/],
  ] as const) {
    writeFileSync(file, text);
    await assert.rejects(loadComparison(file), { name: 'UserError', message });
  }
});

test('the committed JSON Schema is the one of the code', () =>
  assert.deepEqual(
    JSON.parse(readFileSync(new URL('../../docs/comparison.schema.json', import.meta.url), 'utf8')),
    JSON.parse(JSON.stringify(comparisonJsonSchema())),
    'docs/comparison.schema.json is stale: node test/write-comparison-schema.ts',
  ));
