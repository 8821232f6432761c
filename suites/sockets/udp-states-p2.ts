/** Owns what each function of a UDP socket comes to before binding, after it, and with streams. */

import { type Expectation, err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, WasiValue } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { isAddress, loopback } from './addresses-p2.ts';
import { UDP, UDP_OPTIONS } from './functions-p2.ts';
import { UDP_SPEC } from './spec.ts';
import { must, network, networked } from './tcp-opening-p2.ts';
import { boundUdp, connectedUdp, createUdp, openUdp } from './udp-opening-p2.ts';
import { awaitReady, expectPollable } from './waiting-p2.ts';

type StateId = 'unbound' | 'bind-in-progress' | 'bound' | 'streaming' | 'connected';

const STATES_OF_UDP: readonly { id: StateId; open(s: ScriptBuilder): Slot }[] = [
  { id: 'unbound', open: (s) => createUdp(s) },
  {
    id: 'bind-in-progress',
    open: (s) => {
      const socket = createUdp(s);
      must(s, UDP.startBind, socket, network(s), loopback('ipv4'));
      return socket;
    },
  },
  { id: 'bound', open: (s) => boundUdp(s).socket },
  { id: 'streaming', open: (s) => openUdp(s).socket },
  { id: 'connected', open: (s) => connectedUdp(s).one.socket },
];

const WRONG = err('invalid-state');
const BUSY = oneOf(
  'start-bind has invalid-state for a socket "already bound", the error codes concurrency-conflict for what "is incompatible with another asynchronous operation that is already in progress"',
  WRONG,
  err('concurrency-conflict'),
);
const SINCE_WHEN = 'from when on a socket has been bound, the text says for TCP only';
const BINDING = oneOf(
  `it is "stricter and requires \`local-address\` to return \`invalid-state\` when the socket hasn't been bound yet"; ${SINCE_WHEN}`,
  WRONG,
  isAddress('ipv4'),
);
const STREAMING = oneOf(`"\`invalid-state\`: The socket is not bound"; ${SINCE_WHEN}`, WRONG, ok());
const isBound = (state: StateId) => !['unbound', 'bind-in-progress'].includes(state);
const is = (wanted: WasiValue): Expectation => ok(String(wanted), (value) => value === wanted);

interface Row {
  method: string;
  name: string;
  spec: string;
  states?: readonly StateId[];
  expected(state: StateId): Expectation;
  args?(s: ScriptBuilder): WasiValue[];
}

const ROWS: readonly Row[] = [
  {
    method: 'start-bind',
    name: UDP.startBind,
    spec: UDP_SPEC.bind,
    states: ['bind-in-progress', 'bound', 'streaming', 'connected'],
    expected: (state) => (isBound(state) ? WRONG : BUSY),
    args: (s) => [network(s), loopback('ipv4')],
  },
  {
    method: 'finish-bind',
    name: UDP.finishBind,
    spec: UDP_SPEC.bind,
    states: ['unbound', 'bound', 'streaming', 'connected'],
    expected: () => err('not-in-progress'),
  },
  {
    method: 'stream',
    name: UDP.stream,
    spec: UDP_SPEC.stream,
    states: ['unbound', 'bind-in-progress'],
    expected: (state) => (state === 'bind-in-progress' ? STREAMING : WRONG),
    args: () => [null],
  },
  {
    method: 'local-address',
    name: UDP.localAddress,
    spec: UDP_SPEC.localAddress,
    expected: (state) => {
      if (state === 'bind-in-progress') return BINDING;
      return isBound(state) ? isAddress('ipv4') : WRONG;
    },
  },
  {
    method: 'remote-address',
    name: UDP.remoteAddress,
    spec: UDP_SPEC.remoteAddress,
    expected: (state) => (state === 'connected' ? isAddress('ipv4') : WRONG),
  },
  {
    method: 'address-family',
    name: UDP.addressFamily,
    spec: UDP_SPEC.addressFamily,
    expected: () => is('ipv4'),
  },
];

const calls = ROWS.flatMap(({ method, name, spec, states, expected, args }) =>
  STATES_OF_UDP.filter(({ id }) => !states || states.includes(id)).map(({ id, open }): ConformanceCase => {
    const expectation = expected(id);
    return networked({
      id: `udp-socket.${method}/when-${id}`,
      title: `Of a socket that is ${id} ${method} comes to ${expectation.describe}`,
      spec,
      script: (s) => s.expect(s.call(name, open(s), ...(args?.(s) ?? [])), expectation),
    });
  }),
);

const VALUES: readonly (readonly [keyof typeof UDP_OPTIONS, WasiValue])[] = [
  ['hopLimit', 42],
  ['receiveBufferSize', 16_384n],
  ['sendBufferSize', 16_384n],
];

const inEach = STATES_OF_UDP.flatMap(({ id, open }): ConformanceCase[] => [
  networked({
    id: `udp-socket.options/when-${id}`,
    title: `Every option of a socket that is ${id} can be set and read`,
    spec: UDP_SPEC.bufferSize,
    script: (s) => {
      const socket = open(s);
      for (const [option, value] of VALUES) {
        s.expect(s.call(UDP_OPTIONS[option].set, socket, value), ok());
        s.expect(s.call(UDP_OPTIONS[option].get, socket), option === 'hopLimit' ? is(value) : ok());
      }
    },
  }),
  networked({
    id: `udp-socket.subscribe/when-${id}`,
    title: `A pollable of a socket that is ${id} becomes ready`,
    spec: UDP_SPEC.subscribe,
    script: (s) => {
      const socket = open(s);
      expectPollable(s, UDP.subscribe, socket);
      awaitReady(s, UDP.subscribe, socket);
    },
  }),
]);

export const udpStatesP2: ConformanceCase[] = [...calls, ...inEach];
