/** Owns the suite of calls into a guest: it times exports as the host of a plug-in calls them, and asserts nothing. */

import { defineSuite } from '../../harness/contracts/suite.ts';
import { performance } from './performance.ts';

export default defineSuite({
  id: 'calls',
  title: 'Calls into a guest',
  inventory: [],
  conformance: [],
  performance,
});
