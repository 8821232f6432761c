/** Owns preview 2's sockets for a guest that was granted no network: it binds, connects, sends to and resolves nothing. */

import type { Observed } from '../../harness/contracts/expect.ts';
import { portOf } from '../../harness/contracts/peer.ts';
import type { ScriptBuilder, Slot, Step, WasiValue } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { refused } from './outside.ts';
import { P2 } from './spec.ts';

const ON = { wasi: 'p2', guest: 'probe-p2-sockets', spec: P2.network } as const;

const tcp = (name: string) => `wasi:sockets/tcp#[method]tcp-socket.${name}`;
const udp = (name: string) => `wasi:sockets/udp#[method]udp-socket.${name}`;
const network = (s: ScriptBuilder) => s.call('wasi:sockets/instance-network#instance-network').value;
const socket = (s: ScriptBuilder, kind: 'tcp' | 'udp', family: string) =>
  s.call(`wasi:sockets/${kind}-create-socket#create-${kind}-socket`, family).value;

const v4 = (address: readonly number[], port: Slot | number = 0): WasiValue => ({
  tag: 'ipv4',
  value: { port, address },
});
const v6 = (address: readonly number[], port: Slot | number = 0): WasiValue => ({
  tag: 'ipv6',
  value: { port, 'flow-info': 0, address, 'scope-id': 0 },
});

const PLACES: readonly { id: string; words: string; family: string; address: WasiValue }[] = [
  { id: 'loopback', words: '127.0.0.1', family: 'ipv4', address: v4([127, 0, 0, 1]) },
  { id: 'any', words: '0.0.0.0', family: 'ipv4', address: v4([0, 0, 0, 0]) },
  { id: 'loopback-6', words: '::1', family: 'ipv6', address: v6([0, 0, 0, 0, 0, 0, 0, 1]) },
  { id: 'any-6', words: '::', family: 'ipv6', address: v6([0, 0, 0, 0, 0, 0, 0, 0]) },
];

/** "a couple of errors that are always possible", of which these two say that there is no network for this guest. */
const DENIALS: readonly unknown[] = ['access-denied', 'not-supported'];
const isDenied = (seen: Observed | undefined) => seen?.kind === 'err' && DENIALS.includes(seen.error);

/** The two halves of an operation: it is denied when it is started, or when it is finished. */
function denied(s: ScriptBuilder, start: Step, finish: Step): void {
  s.expect(finish, refused);
  s.check('denied when started, or when finished', [start, finish], ({ values: [started, finished] }) => {
    if (isDenied(started) || (started?.kind === 'ok' && isDenied(finished))) return true;
    return [started, finished]
      .map((seen) => (seen?.kind === 'err' ? String(seen.error) : seen?.kind))
      .join(', then ');
  });
}

const binds = (['tcp', 'udp'] as const).flatMap((kind) => {
  const method = kind === 'tcp' ? tcp : udp;
  return PLACES.map(
    ({ id, words, family, address }): ConformanceCase => ({
      ...ON,
      id: `${kind}-socket.start-bind/not-granted-${id}`,
      title: `Without a network no ${kind.toUpperCase()} socket is bound to ${words}`,
      script: (s) => {
        const own = socket(s, kind, family);
        denied(s, s.call(method('start-bind'), own, network(s), address), s.call(method('finish-bind'), own));
        s.expect(s.call(method('local-address'), own), refused);
      },
    }),
  );
});

const connects = ([4, 6] as const).map(
  (ipVersion): ConformanceCase => ({
    ...ON,
    id: `tcp-socket.start-connect/not-granted-${ipVersion}`,
    title: `Without a network no TCP connection is made to who listens on the loopback, IPv${ipVersion}`,
    world: { peers: [{ protocol: 'tcp', listensOn: 'there', ipVersion }] },
    script: (s) => {
      const port = portOf('there');
      const own = socket(s, 'tcp', `ipv${ipVersion}`);
      const to = ipVersion === 4 ? v4([127, 0, 0, 1], port) : v6([0, 0, 0, 0, 0, 0, 0, 1], port);
      denied(s, s.call(tcp('start-connect'), own, network(s), to), s.call(tcp('finish-connect'), own));
      s.expect(s.call(tcp('remote-address'), own), refused);
      s.after('nobody connected', [], ({ after }) => {
        const [peer] = after[0]?.peers ?? [];
        if (!peer) return 'nobody listened';
        return !peer.connected || 'a connection came in';
      });
    },
  }),
);

const others: ConformanceCase[] = [
  {
    ...ON,
    id: 'tcp-socket.start-listen/not-granted',
    title: 'Without a network no TCP socket listens or takes connections',
    script: (s) => {
      const own = socket(s, 'tcp', 'ipv4');
      s.expect(s.call(tcp('start-listen'), own), refused);
      s.expect(s.call(tcp('finish-listen'), own), refused);
      s.expect(s.call(tcp('accept'), own), refused);
    },
  },
  {
    ...ON,
    id: 'udp-socket.stream/not-granted',
    title: 'Without a network no UDP socket sends: there are no streams for it',
    script: (s) => {
      const own = socket(s, 'udp', 'ipv4');
      s.call(udp('start-bind'), own, network(s), v4([127, 0, 0, 1]));
      s.call(udp('finish-bind'), own);
      s.expect(s.call(udp('stream'), own, null), refused);
      s.expect(s.call(udp('stream'), own, v4([127, 0, 0, 1], 9)), refused);
    },
  },
  ...['localhost', 'nobody.invalid'].map(
    (name): ConformanceCase => ({
      ...ON,
      id: `resolve-addresses/not-granted-${name}`,
      title: `Without a network the name ${name} is not looked up`,
      spec: P2.resolver,
      script: (s) =>
        s.expect(s.call('wasi:sockets/ip-name-lookup#resolve-addresses', network(s), name), refused),
    }),
  ),
];

export const networkP2: ConformanceCase[] = [...binds, ...connects, ...others];
