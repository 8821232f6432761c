/** Owns the module suite: what happens before, around and after anything that a guest does. */

import { defineSuite } from '../../harness/contracts/suite.ts';
import { componentsP2 } from './components-p2.ts';
import { loadingP1 } from './loading-p1.ts';
import { memoryP1 } from './memory-p1.ts';
import { startingP1 } from './starting-p1.ts';

export default defineSuite({
  id: 'module',
  title: 'Loading and instantiating',
  // It is about no function of WASI: what its cases cover is the fixtures, each of which has one.
  inventory: [],
  conformance: [...startingP1, ...loadingP1, ...memoryP1, ...componentsP2],
  performance: [],
});
