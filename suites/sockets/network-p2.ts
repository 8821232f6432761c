/** Owns the network itself: its handle, the sockets that are made of nothing, and what comes of all that is not granted. */

import { type Expectation, err, ok, oneOf } from '../../harness/contracts/expect.ts';
import { at, dropOf, type WasiValue } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { FAMILIES, loopback, NOBODY } from './addresses-p2.ts';
import {
  CREATE_TCP,
  CREATE_UDP,
  KIND,
  NETWORK,
  POLL,
  RESOLVE,
  SUBSCRIBE_DURATION,
  TCP,
  UDP,
} from './functions-p2.ts';
import { answerIn, lookUp } from './lookup-p2.ts';
import { EITHER } from './operations-p2.ts';
import { ABI_DROP, NETWORK_SPEC, README } from './spec.ts';
import { network, networked } from './tcp-opening-p2.ts';
import { awaitReady } from './waiting-p2.ts';

const handle = ok('a handle', (value) => Number(value) > 0);

const granted: ConformanceCase[] = [
  networked({
    id: 'instance-network/handles',
    title: 'The network can be had as often as one asks, and each handle dropped for itself',
    spec: NETWORK_SPEC.instance,
    script: (s) => {
      const steps = [s.call(NETWORK), s.call(NETWORK), s.call(NETWORK)];
      for (const step of steps) s.expect(step, handle);
      s.expect(s.drop(KIND.network, steps[0]!.value), ok());
      s.expect(s.drop(KIND.network, steps[2]!.value), ok());
      s.expect(s.call(RESOLVE, steps[1]!.value, '127.0.0.1'), ok());
    },
  }),
  networked({
    id: 'network.drop/after-bind',
    title: 'The handle with which a socket was bound can be dropped, and the socket goes on',
    spec: ABI_DROP,
    script: (s) => {
      const handle = network(s);
      const socket = s.let(s.call(CREATE_TCP, 'ipv4').value);
      s.expect(s.call(TCP.startBind, socket, handle, loopback('ipv4')), ok());
      awaitReady(s, TCP.subscribe, socket);
      s.expect(s.call(TCP.finishBind, socket), ok());
      s.expect(s.drop(KIND.network, handle), ok());
      s.expect(s.call(TCP.startListen, socket), ok());
      awaitReady(s, TCP.subscribe, socket);
      s.expect(s.call(TCP.finishListen, socket), ok());
    },
  }),
  ...(
    [
      ['create-tcp-socket', CREATE_TCP, TCP.addressFamily, KIND.tcp, NETWORK_SPEC.createTcp],
      ['create-udp-socket', CREATE_UDP, UDP.addressFamily, KIND.udp, NETWORK_SPEC.createUdp],
    ] as const
  ).flatMap(([id, create, familyOf, kind, spec]) => [
    ...FAMILIES.map((family) =>
      networked({
        id: `${id}/${family}`,
        title: `${id} makes a socket of the family ${family}, which can be dropped at once`,
        spec,
        script: (s) => {
          const step = s.call(create, family);
          s.expect(step, handle);
          s.expect(
            s.call(familyOf, step.value),
            ok(family, (value) => value === family),
          );
          s.expect(s.drop(kind, step.value), ok());
        },
      }),
    ),
    networked({
      id: `${id}/many`,
      title: `${id} makes 200 sockets one after the other, each of which is dropped`,
      spec,
      script: (s) => {
        const area = s.alloc(8);
        const errors = s.alloc(8);
        s.loop(200, (index) => {
          s.raw(create, [{ expression: `${index.expression}&1` }, area]);
          s.store('u64', errors, { expression: `u64[${errors.expression}]+u8[${area.expression}]` });
          s.raw(dropOf(kind), [{ expression: `u32[${area.expression}+4]` }]);
        });
        s.expect(
          s.show(errors, 8),
          ok('no errors', (value) => (value as Uint8Array).every((byte) => byte === 0)),
        );
      },
    }),
  ]),
];

const WITHOUT = { network: false } as const;
const DENIED_MAKING =
  'to create "does not require a network capability handle", but access-denied is an error that is "always possible"';

/** A host that has made no socket can be asked for nothing more: the next call traps for its handle. */
const DENIED: Expectation = {
  ...oneOf(EITHER, err('access-denied'), ok(), err('invalid-state')),
  describe: 'access-denied, ok before the finish, invalid-state, or a trap where there is no socket',
  test: (seen) =>
    seen.kind === 'trap' ||
    seen.kind === 'ok' ||
    (seen.kind === 'err' && ['access-denied', 'invalid-state'].includes(String(seen.error))),
  mayEnd: true,
};

/** Their numbers in `error-code`. */
const [ACCESS_DENIED, WOULD_BLOCK] = [1, 8];
const BINDING_TCP = { start: TCP.startBind, finish: TCP.finishBind, subscribe: TCP.subscribe };
const CONNECTING = { start: TCP.startConnect, finish: TCP.finishConnect, subscribe: TCP.subscribe };
const BINDING_UDP = { start: UDP.startBind, finish: UDP.finishBind, subscribe: UDP.subscribe };

/** Makes a socket where that is not refused already, and begins something that must be. */
const denied = (
  id: string,
  title: string,
  create: string,
  { start, finish, subscribe }: { start: string; finish: string; subscribe: string },
  remote: WasiValue,
): ConformanceCase =>
  networked({
    id,
    title,
    spec: README.security,
    world: WITHOUT,
    script: (s) => {
      const net = network(s);
      const made = s.call(create, 'ipv4');
      s.expect(made, oneOf(DENIED_MAKING, ok(), err('access-denied')));
      const socket = s.let(made.value);
      // What start and finish come to where there is a socket: of each whether it fails, and the number of the error.
      const [told, list, ready] = [s.alloc(8), s.alloc(8), s.alloc(8)];
      s.fill(told, 4, 0xff);
      const clock = s.let(s.call(SUBSCRIBE_DURATION, 2_000_000_000n).value);
      s.loop(at`u8[${made.area}] == 0`, () => {
        const started = s.call(start, socket, net, remote);
        s.store('u16', told, at`u16[${started.area}]`);
        const pollable = s.raw(subscribe, [socket]).result;
        s.store('u32', list, pollable);
        s.store('u32', at`${list} + 4`, clock);
        s.raw(POLL, [list, 2, ready]);
        s.raw(dropOf(KIND.pollable), [pollable]);
        const finished = s.call(finish, socket);
        s.store('u16', at`${told} + 2`, at`u16[${finished.area}]`);
      });
      s.check('making it, starting or finishing is refused', [made, s.show(told, 4)], ({ values }) => {
        const [first, seen] = values;
        const [failed, code, failedLater, codeLater] =
          seen?.kind === 'ok' && seen.value instanceof Uint8Array ? seen.value : [];
        if (first?.kind === 'err' || (failed === 1 && code === ACCESS_DENIED)) return true;
        if (failed === 0 && failedLater === 1 && codeLater === ACCESS_DENIED) return true;
        return `it came to ${failed === 1 ? `the error ${code}` : `ok, then ${failedLater ? `the error ${codeLater}` : 'ok'}`}`;
      });
      // And so it is when asked again; a socket that could not be connected is closed.
      s.expect(s.call(start, socket, net, remote), DENIED);
    },
  });

const without: ConformanceCase[] = [
  networked({
    id: 'instance-network/not-granted',
    title: 'Where no network is granted there is a handle nevertheless, which can be dropped',
    spec: NETWORK_SPEC.instance,
    world: WITHOUT,
    script: (s) => {
      const step = s.call(NETWORK);
      s.expect(step, handle);
      s.expect(s.drop(KIND.network, step.value), ok());
    },
  }),
  ...(
    [
      ['create-tcp-socket', CREATE_TCP, NETWORK_SPEC.createTcp],
      ['create-udp-socket', CREATE_UDP, NETWORK_SPEC.createUdp],
    ] as const
  ).map(([id, create, spec]) =>
    networked({
      id: `${id}/not-granted`,
      title: `Where no network is granted ${id} makes a socket, "unable to communicate", or is refused`,
      spec,
      world: WITHOUT,
      script: (s) => {
        for (const family of FAMILIES)
          s.expect(s.call(create, family), oneOf(DENIED_MAKING, ok(), err('access-denied')));
      },
    }),
  ),
  ...[0, 80].map((port) =>
    denied(
      `tcp-socket.start-bind/not-granted-port-${port}`,
      `Where no network is granted binding a TCP socket to port ${port} fails with access-denied`,
      CREATE_TCP,
      BINDING_TCP,
      loopback('ipv4', port),
    ),
  ),
  denied(
    'tcp-socket.start-connect/not-granted',
    'Where no network is granted connecting fails with access-denied, not as if nobody listened',
    CREATE_TCP,
    CONNECTING,
    loopback('ipv4', NOBODY),
  ),
  denied(
    'udp-socket.start-bind/not-granted',
    'Where no network is granted binding a UDP socket fails with access-denied',
    CREATE_UDP,
    BINDING_UDP,
    loopback('ipv4'),
  ),
  networked({
    id: 'resolve-addresses/not-granted',
    title: 'Where no network is granted looking up a name fails, at once or when it is asked for an address',
    spec: README.security,
    world: WITHOUT,
    script: (s) => {
      const why =
        'README: "Whenever access is denied, the implementation should return EACCES"; the look-up has an error of its own for "a permanent failure"';
      const errors = [err('access-denied'), err('permanent-resolver-failure')];
      const { started, asked } = lookUp(s, 'localhost');
      s.expect(started, oneOf(why, ...errors, ok()));
      s.check('an error is told by now', [started, asked], ({ values: [seen, answer] }) => {
        const told = answerIn(answer);
        if (seen?.kind === 'err' || (typeof told === 'number' && told !== WOULD_BLOCK)) return true;
        return `asking came to ${told === WOULD_BLOCK ? 'would-block' : told}`;
      });
    },
  }),
];

export const networkP2: ConformanceCase[] = [...granted, ...without];
