/** Checks which arms are given more processes: those with a call that too few quiet processes measured. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { PASSES } from '../script/benchScript.ts';
import { lackingArms } from './lackingArms.ts';
import { block, QUIET_NS, SLOW_NS, timedProcess } from './recordedBlock.ts';

const ids = (arms: { id: string }[]) => arms.map((arm) => arm.id);

test('an arm with enough quiet processes is done, one with too few goes on', () => {
  const observations = [0, 1].flatMap((round) => [
    timedProcess('quiet', round, QUIET_NS),
    timedProcess('noisy', round, round === 0 ? QUIET_NS : SLOW_NS),
  ]);
  assert.deepEqual(ids(lackingArms(block(2, 'quiet', 'noisy'), observations)), ['noisy']);
  observations.push(timedProcess('noisy', 2, QUIET_NS));
  assert.deepEqual(ids(lackingArms(block(2, 'quiet', 'noisy'), observations)), []);
});

test('a process that did not get through all passes does not count', () => {
  const observations = [
    timedProcess('a', 0, QUIET_NS),
    timedProcess('a', 1, QUIET_NS, { passes: PASSES - 1 }),
  ];
  assert.deepEqual(ids(lackingArms(block(2, 'a'), observations)), ['a']);
});

test('processes of another block do not count', () => {
  const other = { ...timedProcess('a', 0, QUIET_NS), block: 'other' };
  assert.deepEqual(ids(lackingArms(block(1, 'a'), [other])), ['a']);
  assert.deepEqual(ids(lackingArms(block(1, 'a'), [timedProcess('a', 0, QUIET_NS)])), []);
});
