/** Owns the sandbox suite: a guest that tries to reach what it was not given. */

import { defineSuite } from '../../harness/contracts/suite.ts';
import { escapes } from './escapes.ts';
import { granted } from './granted.ts';
import { acrossPreopens, moved } from './moved.ts';
import { planted } from './planted.ts';
import { preview1 } from './preview1.ts';
import { preview2 } from './preview2.ts';

export default defineSuite({
  id: 'sandbox',
  title: 'What a guest must not reach',
  // The functions' outcomes are their own suites'; here it is what stands outside that must not change.
  inventory: [],
  conformance: [
    ...[preview1, preview2].flatMap((preview) => [
      ...escapes(preview),
      ...planted(preview),
      ...moved(preview),
      ...acrossPreopens(preview),
    ]),
    ...granted,
  ],
  performance: [],
});
