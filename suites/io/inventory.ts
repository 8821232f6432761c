/** Owns the list of ways in which `poll_oneoff` can end, by its documentation, and gathers preview 2's. */

import type { InventoryPair } from '../../harness/contracts/suite.ts';
import { inventoryP2 } from './inventory-p2.ts';
import { P1_POINTERS, p1Docs } from './spec.ts';

const p1 = (outcome: string, spec: string): InventoryPair => ({
  wasi: 'p1',
  function: 'poll_oneoff',
  outcome,
  spec,
});

/** Whatever an event can carry as its `error`, a host may return for the call. */
export const inventory: InventoryPair[] = [
  p1('ok', p1Docs('poll_oneoff')),
  p1('inval', p1Docs('poll_oneoff')),
  p1('badf', p1Docs('errno.badf')),
  p1('notsup', p1Docs('errno.notsup')),
  p1('nosys', p1Docs('errno.nosys')),
  p1('notcapable', p1Docs('rights.poll_fd_readwrite')),
  p1('isdir', p1Docs('errno.isdir')),
  p1('perm', p1Docs('errno.perm')),
  p1('pipe', p1Docs('errno.pipe')),
  p1('io', p1Docs('errno.io')),
  ...['nomem', 'overflow', '2big'].map((errno) => p1(errno, p1Docs(`errno.${errno}`))),
  p1('trap', P1_POINTERS),
  ...inventoryP2,
];
