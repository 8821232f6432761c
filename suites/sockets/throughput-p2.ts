/** Owns how many bytes a second TCP and UDP carry on the loopback, by the size of a call, in preview 2. */

import { portOf } from '../../harness/contracts/peer.ts';
import { at } from '../../harness/contracts/script.ts';
import type { BenchBuilder, ThroughputCase } from '../../harness/contracts/suite.ts';
import { loopback } from './addresses-p2.ts';
import { BLOCKING_READ, connected, datagrams, PEERS, WRITE, wait } from './bench-opening-p2.ts';
import { UDP } from './functions-p2.ts';

interface Sweep {
  id: string;
  words: string;
  sizes: readonly number[];
  bench(s: BenchBuilder, bytes: number): void;
}

/** A write in one call is of at most 4,096 bytes, by its definition. */
const WRITTEN = [1, 16, 256, 4_096];

const SWEEPS: Sweep[] = [
  {
    id: 'tcp-up',
    words: 'Sending over TCP to a peer that takes everything,',
    sizes: WRITTEN,
    bench: (s, bytes) => s.timeRaw(WRITE, [connected(s, 'sink').output, s.alloc(bytes), bytes, s.alloc(16)]),
  },
  {
    id: 'tcp-down',
    words: 'Receiving over TCP from a peer that never stops, at most',
    sizes: [...WRITTEN, 65_536, 1_048_576],
    bench: (s, bytes) => {
      const { input } = connected(s, 'zeros');
      s.cycle((c) => {
        const { area } = c.call(BLOCKING_READ, input, BigInt(bytes));
        c.moved(at`u32[${area} + 8]`);
      });
    },
  },
  {
    id: 'tcp-echo',
    words: 'Sending over TCP and reading back what a peer echoes,',
    sizes: WRITTEN,
    bench: (s, bytes) => {
      const { input, output } = connected(s, 'echo');
      const from = s.alloc(bytes);
      const result = s.alloc(16);
      s.cycle((c) => {
        c.raw(WRITE, [output, from, bytes, result]);
        const { area } = c.call(BLOCKING_READ, input, BigInt(bytes));
        c.moved(at`u32[${area} + 8]`);
      });
    },
  },
  {
    id: 'udp-datagrams',
    words: 'Sending datagrams to a peer on the loopback,',
    sizes: [16, 256, 4_096],
    bench: (s, bytes) => {
      const { outgoing } = datagrams(s, loopback('ipv4', portOf('taken')));
      s.cycle((c) => {
        wait(c, UDP.outgoingSubscribe, outgoing);
        c.call(UDP.checkSend, outgoing);
        c.call(UDP.send, outgoing, [{ data: new Uint8Array(bytes), 'remote-address': null }]);
      });
    },
  },
];

export const throughputP2: ThroughputCase[] = SWEEPS.flatMap(({ id, words, sizes, bench }) =>
  sizes.map((bytes) => ({
    id: `${id}/${bytes}`,
    wasi: 'p2',
    title: `${words} ${bytes.toLocaleString('en')} bytes a call`,
    guest: 'probe-p2-sockets',
    world: PEERS,
    metric: 'throughput',
    parameters: { bytes },
    bytesPerCall: bytes,
    bench: (s) => bench(s, bytes),
  })),
);
