/** Owns what preview 2's file functions cost, each by itself or in the shortest cycle that can be repeated. */

import type { LatencyCase, Suite } from '../../harness/contracts/suite.ts';
import { DIRECTORIES, FILES } from './bench-world.ts';
import { FILESYSTEM_ERROR_CODE } from './functions-p2.ts';
import { ofDescriptors } from './performance-descriptors-p2.ts';
import { ofPaths } from './performance-paths-p2.ts';

export const performanceP2: LatencyCase[] = [...ofDescriptors, ...ofPaths].map((one) => ({
  ...one,
  wasi: 'p2',
  guest: 'probe-p2-filesystem',
  world: /read-directory/.test(one.id) ? DIRECTORIES : FILES,
  metric: 'latency',
}));

export const untimedP2: NonNullable<Suite['untimed']> = [
  {
    wasi: 'p2',
    function: FILESYSTEM_ERROR_CODE,
    reason: "which errors a stream gives, and when, is its host's own: none can be had on every runtime",
  },
];
