/** Owns the list of ways in which preview 1's socket functions can end, by their documentation and POSIX, to which it refers. */

import type { InventoryPair } from '../../harness/contracts/suite.ts';
import { P1_POINTERS, p1Docs, posix } from './spec.ts';

const pair = (name: string, outcome: string, spec: string): InventoryPair => ({
  wasi: 'p1',
  function: name,
  outcome,
  spec,
});

const FUNCTIONS = ['sock_accept', 'sock_recv', 'sock_send', 'sock_shutdown'];

/** Of every one of them. */
const everywhere = FUNCTIONS.flatMap((name) => [
  pair(name, 'ok', p1Docs(name)),
  pair(name, 'badf', p1Docs('errno.badf')),
  pair(name, 'notsock', p1Docs('errno.notsock')),
  pair(name, 'notcapable', p1Docs('errno.notcapable')),
  pair(name, 'inval', posix(name.slice('sock_'.length))),
  pair(name, 'trap', P1_POINTERS),
]);

export const inventory: InventoryPair[] = [
  ...everywhere,
  pair('sock_accept', 'again', posix('accept')),
  pair('sock_accept', 'notsup', posix('accept')),
  pair('sock_recv', 'again', posix('recv')),
  pair('sock_recv', 'connreset', posix('recv')),
  pair('sock_recv', 'notconn', posix('recv')),
  pair('sock_recv', 'notsup', posix('recv')),
  pair('sock_send', 'connreset', posix('send')),
  pair('sock_send', 'notconn', posix('send')),
  pair('sock_send', 'notsup', posix('send')),
  pair('sock_send', 'pipe', posix('send')),
];
