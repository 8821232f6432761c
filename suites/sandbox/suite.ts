/** Owns the sandbox suite: a guest that tries to reach what it was not given. */

import { defineSuite } from '../../harness/contracts/suite.ts';
import { descriptorsP1 } from './descriptors-p1.ts';
import { environmentCases } from './environment.ts';
import { escapes } from './escapes.ts';
import { forgedP2 } from './forged-p2.ts';
import { granted } from './granted.ts';
import { learntP1 } from './learnt-p1.ts';
import { acrossPreopens, moved } from './moved.ts';
import { networkP2 } from './network-p2.ts';
import { planted } from './planted.ts';
import { preview1 } from './preview1.ts';
import { preview2 } from './preview2.ts';
import { races } from './race.ts';
import { readOnlyP1 } from './read-only-p1.ts';

const onPaths = [escapes, planted, moved, acrossPreopens];

export default defineSuite({
  id: 'sandbox',
  title: 'What a guest must not reach',
  // The functions' outcomes are their own suites'; here it is what stands outside that must not change.
  inventory: [],
  conformance: [
    ...[preview1, preview2].flatMap((preview) => onPaths.flatMap((make) => make(preview))),
    ...granted,
    ...learntP1,
    ...descriptorsP1,
    ...forgedP2,
    ...readOnlyP1,
    ...races,
    ...environmentCases,
    ...networkP2,
  ],
  performance: [],
});
