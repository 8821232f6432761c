/** Owns the list of ways in which the clock functions can end, by their documentation. */

import { CANONICAL_ABI as ABI } from '../../harness/contracts/abiParams.ts';
import type { InventoryPair } from '../../harness/contracts/suite.ts';
import {
  BLOCK,
  DROP_POLLABLE,
  NOW,
  POLL_LIST,
  READY,
  RESOLUTION,
  SUBSCRIBE_DURATION,
  SUBSCRIBE_INSTANT,
  WALL_NOW,
  WALL_RESOLUTION,
} from './functions-p2.ts';
import { MONOTONIC, P1_POINTERS, POLL, p1Docs, WALL } from './spec.ts';

const pair =
  (wasi: 'p1' | 'p2') =>
  (name: string, outcome: string, spec: string, excluded?: string): InventoryPair => ({
    wasi,
    function: name,
    outcome,
    spec,
    ...(excluded === undefined ? {} : { excluded }),
  });
const p1 = pair('p1');
const p2 = pair('p2');

export const inventory: InventoryPair[] = [
  p1('clock_res_get', 'ok', p1Docs('clock_res_get')),
  p1('clock_res_get', 'inval', p1Docs('clock_res_get')),
  p1('clock_res_get', 'trap', P1_POINTERS),
  p1('clock_time_get', 'ok', p1Docs('clock_time_get')),
  p1('clock_time_get', 'inval', p1Docs('clock_time_get')),
  p1('clock_time_get', 'trap', P1_POINTERS),
  p2(NOW, 'ok', MONOTONIC.now),
  p2(
    NOW,
    'trap',
    MONOTONIC.now,
    'traps when the clock passes 2^64 ns, 584 years after a starting time that the host chooses',
  ),
  p2(RESOLUTION, 'ok', MONOTONIC.resolution),
  p2(SUBSCRIBE_INSTANT, 'ok', MONOTONIC.subscribeInstant),
  p2(SUBSCRIBE_DURATION, 'ok', MONOTONIC.subscribeDuration),
  p2(WALL_NOW, 'ok', WALL.now),
  p2(WALL_NOW, 'trap', ABI.results),
  p2(WALL_RESOLUTION, 'ok', WALL.resolution),
  p2(WALL_RESOLUTION, 'trap', ABI.results),
  p2(READY, 'ok', POLL.ready),
  p2(READY, 'trap', ABI.table),
  p2(BLOCK, 'ok', POLL.block),
  p2(BLOCK, 'trap', ABI.table),
  p2(POLL_LIST, 'ok', POLL.poll),
  p2(POLL_LIST, 'trap', POLL.poll),
  p2(DROP_POLLABLE, 'ok', ABI.drop),
  p2(DROP_POLLABLE, 'trap', ABI.drop),
];
