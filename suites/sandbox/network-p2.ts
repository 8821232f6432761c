/** Owns preview 2's sockets for a guest that was granted no network: it binds, connects, sends to and resolves nothing. */

import { ok, oneOf } from '../../harness/contracts/expect.ts';
import { portOf } from '../../harness/contracts/peer.ts';
import {
  at,
  type ScriptBuilder,
  type Slot,
  type Step,
  type WasiValue,
} from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { refused } from './outside.ts';
import { P2 } from './spec.ts';

const ON = { wasi: 'p2', guest: 'probe-p2-sockets', spec: P2.network } as const;

type Kind = 'tcp' | 'udp';
const method = (kind: Kind, name: string) => `wasi:sockets/${kind}#[method]${kind}-socket.${name}`;
const network = (s: ScriptBuilder) => s.call('wasi:sockets/instance-network#instance-network').value;

const v4 = (address: readonly number[], port: Slot | number = 0): WasiValue => ({
  tag: 'ipv4',
  value: { port, address },
});
const v6 = (address: readonly number[], port: Slot | number = 0): WasiValue => ({
  tag: 'ipv6',
  value: { port, 'flow-info': 0, address, 'scope-id': 0 },
});
const LOOPBACK = [127, 0, 0, 1];
const LOOPBACK_6 = [0, 0, 0, 0, 0, 0, 0, 1];

/** "a couple of errors that are always possible", of which these two say that there is no network for this guest. */
const CODES = ['unknown', 'access-denied', 'not-supported'];
const DENIED = [1, 2];

/** Something done with the socket: the first byte of what comes back tells whether it failed, that at `codeAt` why. */
interface Deed {
  name: string;
  codeAt: number;
  /** What must come of it: that it is denied, here or in the next one (`start`, `finish`), or an error of any kind. */
  must: 'start' | 'finish' | 'fail';
  step(socket: Slot): Step;
}

/**
 * Makes a socket, which needs no network, yet may be denied already; where it was made, does all the deeds. A loop of one round or none:
 * there is no handle to do them with otherwise.
 */
function doAll(s: ScriptBuilder, kind: Kind, family: string, deeds: readonly Deed[]): void {
  const made = s.call(`wasi:sockets/${kind}-create-socket#create-${kind}-socket`, family);
  s.expect(
    made,
    oneOf(
      'a socket that is not bound yet reaches nothing ("considered to be safe"), but no error is impossible ("every API can return any error code")',
      ok(),
      refused,
    ),
  );
  const outcomes = s.alloc(deeds.length * 2, 1);
  s.loop(at`u8[${made.area}] == 0`, () => {
    deeds.forEach(({ step, codeAt }, index) => {
      const { area } = step(made.value);
      s.store('u8', at`${outcomes} + ${index * 2}`, at`u8[${area}]`);
      s.store('u8', at`${outcomes} + ${index * 2 + 1}`, at`u8[${area} + ${codeAt}]`);
    });
  });
  s.check('whatever is done with it is denied', [made, s.show(outcomes, deeds.length * 2)], ({ values }) => {
    const [socket, shown] = values;
    if (socket?.kind === 'err') return true;
    const bytes = shown?.kind === 'ok' ? (shown.value as Uint8Array) : new Uint8Array();
    const failed = deeds.map((_, index) => bytes[index * 2] === 1);
    const denied = deeds.map((_, index) => failed[index] && DENIED.includes(bytes[index * 2 + 1] ?? 0));
    const wrong = deeds.filter(({ must }, index) => {
      if (must === 'start') return !denied[index] && !(!failed[index] && denied[index + 1]);
      return !failed[index];
    });
    return (
      wrong.length === 0 ||
      deeds
        .map(({ name }, index) => {
          const code = bytes[index * 2 + 1] ?? 0;
          return `${name} ${failed[index] ? `failed (${CODES[code] ?? `error ${code}`})` : 'succeeded'}`;
        })
        .join(', ')
    );
  });
}

const simple = (s: ScriptBuilder, kind: Kind, name: string, codeAt: number, ...args: WasiValue[]): Deed => ({
  ...{ name, codeAt, must: 'fail' },
  step: (socket) => s.call(method(kind, name), socket, ...args),
});
const bind = (s: ScriptBuilder, kind: Kind, address: WasiValue): Deed[] => [
  { ...simple(s, kind, 'start-bind', 1, network(s), address), must: 'start' },
  { ...simple(s, kind, 'finish-bind', 1), must: 'finish' },
];

const PLACES: readonly { id: string; words: string; family: string; address: WasiValue }[] = [
  { id: 'loopback', words: '127.0.0.1', family: 'ipv4', address: v4(LOOPBACK) },
  { id: 'any', words: '0.0.0.0', family: 'ipv4', address: v4([0, 0, 0, 0]) },
  { id: 'loopback-6', words: '::1', family: 'ipv6', address: v6(LOOPBACK_6) },
  { id: 'any-6', words: '::', family: 'ipv6', address: v6([0, 0, 0, 0, 0, 0, 0, 0]) },
];

const binds = (['tcp', 'udp'] as const).flatMap((kind) =>
  PLACES.map(
    ({ id, words, family, address }): ConformanceCase => ({
      ...ON,
      id: `${kind}-socket.start-bind/not-granted-${id}`,
      title: `Without a network no ${kind.toUpperCase()} socket is bound to ${words}`,
      script: (s) => doAll(s, kind, family, [...bind(s, kind, address), simple(s, kind, 'local-address', 4)]),
    }),
  ),
);

const connects = ([4, 6] as const).map(
  (ipVersion): ConformanceCase => ({
    ...ON,
    id: `tcp-socket.start-connect/not-granted-${ipVersion}`,
    title: `Without a network no TCP connection is made to who listens on the loopback, IPv${ipVersion}`,
    world: { peers: [{ protocol: 'tcp', listensOn: 'there', ipVersion }] },
    script: (s) => {
      const port = portOf('there');
      doAll(s, 'tcp', `ipv${ipVersion}`, [
        {
          ...simple(
            s,
            'tcp',
            'start-connect',
            1,
            network(s),
            ipVersion === 4 ? v4(LOOPBACK, port) : v6(LOOPBACK_6, port),
          ),
          must: 'start',
        },
        { ...simple(s, 'tcp', 'finish-connect', 4), must: 'finish' },
        simple(s, 'tcp', 'remote-address', 4),
      ]);
      s.after('nobody connected', [], ({ after }) => {
        const [peer] = after[0]?.peers ?? [];
        if (!peer) return 'nobody listened';
        return !peer.connected || 'a connection came in';
      });
    },
  }),
);

const STREAM = 'wasi:sockets/ip-name-lookup#[method]resolve-address-stream.';
/** `result<option<ip-address>, error-code>`, whose payload stands at 2; and what no result begins with. */
const [ADDRESS_BYTES, CODE_AT, UNTOUCHED] = [22, 2, 255];
/** Only who has looked a name up knows these of it: would-block, after a second, name-unresolvable and temporary-resolver-failure. */
const LOOKED_UP = [8, 18, 19];
const LONG_NS = 1_000_000_000n;

/** Asks for a name's first address where that is not refused at once: a loop of one round or none, as there is no stream otherwise. */
function lookUp(s: ScriptBuilder, name: string): void {
  const made = s.call('wasi:sockets/ip-name-lookup#resolve-addresses', network(s), name);
  s.expect(
    made,
    oneOf(
      'resolve-addresses "either immediately fails or immediately returns successfully with a `resolve-address-stream` that can be used to (asynchronously) fetch the results", and no text says which of the two is denied',
      refused,
      ok(),
    ),
  );
  const [polled, ready, address] = [s.alloc(8, 4), s.alloc(8, 4), s.alloc(ADDRESS_BYTES, CODE_AT)];
  s.store('u8', address, UNTOUCHED);
  s.loop(at`u8[${made.area}] == 0`, () => {
    s.store('u32', polled, s.raw(`${STREAM}subscribe`, [made.value]).result);
    const late = s.raw('wasi:clocks/monotonic-clock#subscribe-duration', [LONG_NS]).result;
    s.store('u32', at`${polled} + 4`, late);
    s.raw('wasi:io/poll#poll', [polled, 2, ready]);
    s.raw(`${STREAM}resolve-next-address`, [made.value, address]);
  });
  s.check('no address is told', [made, s.show(address, CODE_AT + 1)], ({ values: [stream, shown] }) => {
    if (stream?.kind === 'err') return true;
    const bytes = shown?.kind === 'ok' ? (shown.value as Uint8Array) : new Uint8Array();
    const code = bytes[CODE_AT] ?? 0;
    if (bytes[0] !== 1) return 'the stream does not fail';
    return !LOOKED_UP.includes(code) || `the stream fails with error ${code}, which tells of a look-up`;
  });
}

const others: ConformanceCase[] = [
  {
    ...ON,
    id: 'tcp-socket.start-listen/not-granted',
    title: 'Without a network no TCP socket listens or takes connections',
    script: (s) =>
      doAll(s, 'tcp', 'ipv4', [
        ...bind(s, 'tcp', v4([0, 0, 0, 0])),
        simple(s, 'tcp', 'start-listen', 1),
        simple(s, 'tcp', 'finish-listen', 1),
        simple(s, 'tcp', 'accept', 4),
      ]),
  },
  {
    ...ON,
    id: 'udp-socket.stream/not-granted',
    title: 'Without a network no UDP socket sends: there are no streams for it',
    script: (s) =>
      doAll(s, 'udp', 'ipv4', [
        ...bind(s, 'udp', v4(LOOPBACK)),
        simple(s, 'udp', 'stream', 4, null),
        simple(s, 'udp', 'stream', 4, v4(LOOPBACK, 9)),
        simple(s, 'udp', 'remote-address', 4),
      ]),
  },
  ...['localhost', 'nobody.invalid'].map(
    (name): ConformanceCase => ({
      ...ON,
      id: `resolve-addresses/not-granted-${name}`,
      title: `Without a network the name ${name} is not looked up, at once or when an address is asked for`,
      spec: P2.resolver,
      script: (s) => lookUp(s, name),
    }),
  ),
];

export const networkP2: ConformanceCase[] = [...binds, ...connects, ...others];
