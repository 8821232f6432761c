/** Owns the clocks suite: `clock_res_get`, `clock_time_get`, `wasi:clocks` and its pollables. */

import { defineSuite } from '../../harness/contracts/suite.ts';
import { abiP2 } from './abi-p2.ts';
import { valuesP1 } from './conformance-p1.ts';
import { valuesP2 } from './conformance-p2.ts';
import { inventory } from './inventory.ts';
import { performance } from './performance.ts';
import { pointersP1 } from './pointers-p1.ts';
import { pollP2 } from './poll-p2.ts';
import { pollablesP2 } from './pollables-p2.ts';

export default defineSuite({
  id: 'clocks',
  title: 'Clocks',
  inventory,
  conformance: [...valuesP1, ...pointersP1, ...valuesP2, ...pollablesP2, ...pollP2, ...abiP2],
  performance,
});
