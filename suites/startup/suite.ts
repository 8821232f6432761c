/** Owns the startup suite: it measures the process itself and asserts nothing of an interface. */

import { defineSuite } from '../../harness/contracts/suite.ts';
import { memory } from './memory.ts';
import { performance } from './performance.ts';
import { sizes } from './sizes.ts';

export default defineSuite({
  id: 'startup',
  title: 'Startup and memory',
  inventory: [],
  conformance: [],
  performance: [...performance, ...sizes, ...memory],
});
