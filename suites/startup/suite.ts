/** Owns the startup suite: it measures the process itself and asserts nothing of an interface. */

import { defineSuite } from '../../harness/contracts/suite.ts';
import { performance } from './performance.ts';

export default defineSuite({
  id: 'startup',
  title: 'Startup',
  inventory: [],
  conformance: [],
  performance,
});
