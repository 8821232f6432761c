/** How many processes are asked for: as many as narrow each interval, within bounds. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { processesFor } from './pilot.ts';

test('quiet benchmarks get the least, wider ones as many as the root of their number asks for', () => {
  assert.equal(processesFor([{ halfWidth: 0.002, floor: 0.01 }], 20), 40);
  // 20 processes at 1.2% are 80 at 0.6%.
  assert.equal(
    processesFor(
      [
        { halfWidth: 0.012, floor: 0.01 },
        { halfWidth: 0.001, floor: 0.01 },
      ],
      20,
    ),
    80,
  );
  assert.equal(processesFor([{ halfWidth: 0.012, floor: 0.03 }], 20), 40);
});

test('there is an end to it, and a tenth that is restless makes nothing else longer', () => {
  const restless = { halfWidth: 0.1, floor: 0.01 };
  const calm = { halfWidth: 0.01, floor: 0.01 };
  assert.equal(processesFor([restless], 20), 100);
  assert.equal(processesFor([restless, ...Array.from({ length: 9 }, () => calm)], 20), 56);
  assert.equal(processesFor([restless, ...Array.from({ length: 8 }, () => calm)], 20), 100);
  assert.equal(processesFor([], 20), 40);
});
