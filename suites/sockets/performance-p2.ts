/** Owns what preview 2's socket functions cost on the loopback, each by itself or in the shortest cycle that can be repeated. */

import type { LatencyCase, Suite } from '../../harness/contracts/suite.ts';
import { PEERS } from './bench-opening-p2.ts';
import { options } from './performance-options-p2.ts';
import { made, tcp } from './performance-tcp-p2.ts';
import { lookup, udp } from './performance-udp-p2.ts';

export const performanceP2: LatencyCase[] = [...made, ...tcp, ...options, ...udp, ...lookup].map((one) => ({
  ...one,
  wasi: 'p2',
  guest: 'probe-p2-sockets',
  world: PEERS,
  metric: 'latency',
}));

export const untimed: NonNullable<Suite['untimed']> = [
  'sock_accept',
  'sock_recv',
  'sock_send',
  'sock_shutdown',
].map((name) => ({
  wasi: 'p1',
  function: name,
  reason: 'preview 1 makes no sockets: it needs one handed in, which only an older mode of Wasmtime does',
}));
