/** The search finds where good turns bad, in few steps, around what can't be told. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstBad, type Judgement } from './search.ts';

const versions = Array.from({ length: 33 }, (_, index) => String(index));

async function search(first: number, untold: number[] = []) {
  const asked: string[] = [];
  const found = await firstBad(versions, async (version): Promise<Judgement> => {
    asked.push(version);
    if (untold.includes(Number(version))) return 'untold';
    return Number(version) < first ? 'good' : 'bad';
  });
  return { found, asked };
}

test('wherever it turns, in as many steps as halving takes', async () => {
  for (let first = 1; first < versions.length; first += 1) {
    const { found, asked } = await search(first);
    assert.deepEqual(found, { good: String(first - 1), bad: String(first), untold: [] });
    assert.ok(asked.length <= 5, `${first}: ${asked.length}`);
    assert.equal(new Set(asked).size, asked.length);
  }
});

test('what can not be told is gone around, and told where it matters', async () => {
  assert.deepEqual((await search(10, [16, 15])).found, { good: '9', bad: '10', untold: [] });
  assert.deepEqual((await search(10, [9, 10])).found, { good: '8', bad: '11', untold: ['9', '10'] });
});

test('two versions are the answer themselves', async () => {
  const found = await firstBad(['1', '2'], () => assert.fail('nobody is asked'));
  assert.deepEqual(found, { good: '1', bad: '2', untold: [] });
});
