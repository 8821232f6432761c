/** Owns the random suite: `random_get` and `wasi:random`. */

import { defineSuite } from '../../harness/contracts/suite.ts';
import { abiP2 } from './abi-p2.ts';
import { conformanceP1 } from './conformance-p1.ts';
import { valuesP2 } from './conformance-p2.ts';
import { inventory } from './inventory.ts';
import { performance } from './performance.ts';

export default defineSuite({
  id: 'random',
  title: 'Random data',
  inventory,
  conformance: [...conformanceP1, ...valuesP2, ...abiP2],
  performance,
});
