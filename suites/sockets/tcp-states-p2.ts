/** Owns what each function of a TCP socket comes to in each state in which it does not go on to another. */

import { type Expectation, err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, WasiValue } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { isAddress, loopback, NOBODY } from './addresses-p2.ts';
import { KIND, READY, TCP, TCP_OPTIONS } from './functions-p2.ts';
import { STATES, TCP_SPEC } from './spec.ts';
import { network, networked } from './tcp-opening-p2.ts';
import { STATES_OF_TCP, type State } from './tcp-state-list-p2.ts';
import { awaitNothing, awaitReady, expectPollable } from './waiting-p2.ts';

type StateId = State['id'];

const WRONG = err('invalid-state');
const BUSY = oneOf(
  'the state machine has invalid-state for a method called "from the wrong state", the error codes have concurrency-conflict for what "is incompatible with another asynchronous operation that is already in progress"',
  err('invalid-state'),
  err('concurrency-conflict'),
);
const CONNECTING = oneOf(
  '"The socket is not connected to a remote address" can mean the state, or the connection, which the system has made by then',
  WRONG,
  isAddress('ipv4'),
);
/** What a function comes to on a closed socket that otherwise would come to this. */
const orClosed = (expectation: Expectation): Expectation =>
  oneOf(
    '"TCP socket methods may always return error(invalid-state) when in the closed state"',
    expectation,
    WRONG,
  );

/** Options have no wrong state: on a closed socket they may be set and read, or fail as they will. */
const setOnClosed = (expectation: Expectation): Expectation =>
  oneOf(
    'methods "may always return `error(invalid-state)` when in the `closed` state", which is a permission; and "In theory, every API can return any error code"',
    expectation,
    { ...WRONG, describe: 'an error', test: (seen) => seen.kind === 'err' },
  );

const inProgress = (state: StateId): boolean => state.endsWith('-in-progress');
const otherThan = (...states: StateId[]) => STATES_OF_TCP.filter(({ id }) => !states.includes(id));
const wrongOrBusy = (state: StateId): Expectation => (inProgress(state) ? BUSY : WRONG);
const notInProgress = (state: StateId): Expectation =>
  state === 'closed' ? orClosed(err('not-in-progress')) : err('not-in-progress');

interface Row {
  method: string;
  name: string;
  spec: string;
  /** Those that it is called in here. */
  states: readonly State[];
  expected(state: StateId): Expectation;
  /** Each is called once. */
  args?(s: ScriptBuilder): WasiValue[][];
}

const TWO_ENDS = ['bound', 'listen-in-progress', 'listening', 'connect-in-progress', 'connected'];

const ROWS: readonly Row[] = [
  {
    method: 'start-bind',
    name: TCP.startBind,
    spec: STATES.transitions,
    states: otherThan('unbound'),
    expected: wrongOrBusy,
    args: (s) => [[network(s), loopback('ipv4')]],
  },
  {
    method: 'finish-bind',
    name: TCP.finishBind,
    spec: STATES.transitions,
    states: otherThan('bind-in-progress'),
    expected: notInProgress,
  },
  {
    method: 'start-connect',
    name: TCP.startConnect,
    spec: STATES.transitions,
    states: otherThan('unbound', 'bound'),
    expected: wrongOrBusy,
    args: (s) => [[network(s), loopback('ipv4', NOBODY)]],
  },
  {
    method: 'finish-connect',
    name: TCP.finishConnect,
    spec: STATES.transitions,
    states: otherThan('connect-in-progress'),
    expected: notInProgress,
  },
  {
    method: 'start-listen',
    name: TCP.startListen,
    spec: STATES.transitions,
    states: otherThan('bound'),
    expected: wrongOrBusy,
  },
  {
    method: 'finish-listen',
    name: TCP.finishListen,
    spec: STATES.transitions,
    states: otherThan('listen-in-progress'),
    expected: notInProgress,
  },
  {
    method: 'accept',
    name: TCP.accept,
    spec: TCP_SPEC.accept,
    states: STATES_OF_TCP,
    expected: (state) => (state === 'listening' ? err('would-block') : WRONG),
  },
  {
    // "bound" without backticks means "in the `bound` state or higher", which includes what is in progress then.
    method: 'local-address',
    name: TCP.localAddress,
    spec: TCP_SPEC.localAddress,
    states: STATES_OF_TCP,
    expected: (state) =>
      TWO_ENDS.includes(state)
        ? isAddress('ipv4')
        : state === 'closed'
          ? orClosed(isAddress('ipv4', [0, 0, 0, 0]))
          : WRONG,
  },
  {
    method: 'remote-address',
    name: TCP.remoteAddress,
    spec: TCP_SPEC.remoteAddress,
    states: STATES_OF_TCP,
    expected: (state) => {
      if (state === 'connect-in-progress') return CONNECTING;
      return state === 'connected' ? isAddress('ipv4') : WRONG;
    },
  },
  {
    method: 'is-listening',
    name: TCP.isListening,
    spec: TCP_SPEC.isListening,
    states: STATES_OF_TCP,
    expected: (state) => {
      const wanted = state === 'listening';
      return ok(String(wanted), (value) => value === wanted);
    },
  },
  {
    method: 'address-family',
    name: TCP.addressFamily,
    spec: TCP_SPEC.addressFamily,
    states: STATES_OF_TCP,
    expected: () => ok('ipv4', (value) => value === 'ipv4'),
  },
  {
    method: 'set-listen-backlog-size',
    name: TCP.setBacklog,
    spec: TCP_SPEC.backlog,
    states: STATES_OF_TCP,
    expected: (state) => {
      if (state === 'connect-in-progress' || state === 'connected') return WRONG;
      if (state === 'closed') return setOnClosed(ok());
      if (state !== 'listening' && state !== 'listen-in-progress') return ok();
      return oneOf(
        '"not-supported: The platform does not support changing the backlog size after the initial listen"',
        ok(),
        err('not-supported'),
      );
    },
    args: () => [[16n]],
  },
  {
    method: 'shutdown',
    name: TCP.shutdown,
    spec: TCP_SPEC.shutdown,
    states: otherThan('connected'),
    expected: () => WRONG,
    args: () => [['receive'], ['send'], ['both']],
  },
];

const calls = ROWS.flatMap(({ method, name, spec, states, expected, args }) =>
  states.map((state): ConformanceCase => {
    const expectation = expected(state.id);
    return networked({
      id: `tcp-socket.${method}/when-${state.id}`,
      title: `In the state ${state.id} ${method} comes to ${expectation.describe} and leaves the state as it is`,
      spec,
      script: (s) => {
        const socket = state.open(s);
        for (const one of args?.(s) ?? [[]]) s.expect(s.call(name, socket, ...one), expectation);
        state.goesOn(s, socket);
      },
    });
  }),
);

const VALUES: readonly (readonly [keyof typeof TCP_OPTIONS, WasiValue])[] = [
  ['keepAliveEnabled', true],
  ['keepAliveIdleTime', 60_000_000_000n],
  ['keepAliveInterval', 5_000_000_000n],
  ['keepAliveCount', 4],
  ['hopLimit', 42],
  ['receiveBufferSize', 16_384n],
  ['sendBufferSize', 16_384n],
];

/** No text has an error for the state that a socket is in. */
const options = STATES_OF_TCP.map((state): ConformanceCase => {
  const expectation = state.id === 'closed' ? setOnClosed(ok()) : ok();
  return networked({
    id: `tcp-socket.options/when-${state.id}`,
    title: `In the state ${state.id} every option can be set and read${state.id === 'closed' ? ', or is refused as closed' : ''}`,
    spec: TCP_SPEC.keepAliveEnabled,
    script: (s) => {
      const socket = state.open(s);
      for (const [option, value] of VALUES) {
        s.expect(s.call(TCP_OPTIONS[option].set, socket, value), expectation);
        s.expect(s.call(TCP_OPTIONS[option].get, socket), expectation);
      }
    },
  });
});

/** By the semantics' `ready()`. */
const pollables = STATES_OF_TCP.map((state): ConformanceCase => {
  const never = state.id === 'listening';
  const later = inProgress(state.id);
  return networked({
    id: `tcp-socket.subscribe/when-${state.id}`,
    title: `A pollable of a socket in the state ${state.id} ${never ? 'is not ready while nobody connects' : later ? 'becomes ready' : 'is ready'}`,
    spec: STATES.readiness,
    script: (s) => {
      const socket: Slot = state.open(s);
      if (never) awaitNothing(s, TCP.subscribe, socket);
      else if (later) awaitReady(s, TCP.subscribe, socket);
      else {
        const pollable = s.let(s.call(TCP.subscribe, socket).value);
        s.expect(
          s.call(READY, pollable),
          ok('true', (value) => value === true),
        );
        s.drop(KIND.pollable, pollable);
      }
      expectPollable(s, TCP.subscribe, socket);
    },
  });
});

export const tcpStatesP2: ConformanceCase[] = [...calls, ...options, ...pollables];
