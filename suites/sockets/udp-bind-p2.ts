/** Owns binding UDP sockets: which addresses can be bound, which are refused, and dropping. */

import { type Expectation, err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { WasiValue } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import {
  address,
  FAMILIES,
  FOREIGN,
  isAddress,
  isOf,
  loopback,
  MAPPED_LOOPBACK,
  otherFamily,
  portIn,
  UNSPECIFIED,
} from './addresses-p2.ts';
import { oneSucceeds } from './attempts-p2.ts';
import { KIND, UDP } from './functions-p2.ts';
import { udpBindFails } from './operations-p2.ts';
import { ABI_DROP, NETWORK_SPEC, README, UDP_SPEC } from './spec.ts';
import { must, network, networked } from './tcp-opening-p2.ts';
import { bindUdp, boundUdp, createUdp, dropStreams, openUdp, rebindUdp } from './udp-opening-p2.ts';
import { awaitReady } from './waiting-p2.ts';

const is = (wanted: WasiValue): Expectation => ok(String(wanted), (value) => value === wanted);

const binding: ConformanceCase[] = [
  ...FAMILIES.flatMap((family) => [
    networked({
      id: `udp-socket.start-bind/loopback-${family}`,
      title: `An ${family} socket bound to the loopback address and port 0 gets that address and some port`,
      spec: UDP_SPEC.bind,
      script: (s) => {
        const socket = createUdp(s, family);
        s.expect(s.call(UDP.startBind, socket, network(s), loopback(family)), ok());
        awaitReady(s, UDP.subscribe, socket);
        s.expect(s.call(UDP.finishBind, socket), ok());
        s.expect(s.call(UDP.localAddress, socket), isAddress(family));
        s.expect(s.call(UDP.addressFamily, socket), is(family));
      },
    }),
    networked({
      id: `udp-socket.start-bind/unspecified-${family}`,
      title: `An ${family} socket can be bound to the unspecified address and gets a port`,
      spec: UDP_SPEC.bind,
      script: (s) => {
        const socket = createUdp(s, family);
        bindUdp(s, socket, address(family, UNSPECIFIED[family], 0));
        s.expect(s.call(UDP.localAddress, socket), isOf(family));
      },
    }),
    networked({
      id: `udp-socket.start-bind/wrong-family-${family}`,
      title: `Binding an ${family} socket to an ${otherFamily(family)} address fails with invalid-argument`,
      spec: UDP_SPEC.bind,
      script: (s) => udpBindFails(s, createUdp(s, family), loopback(otherFamily(family)), 'invalid-argument'),
    }),
    networked({
      id: `udp-socket.start-bind/foreign-${family}`,
      title: `Binding an ${family} socket to an address that this machine does not have fails with address-not-bindable`,
      spec: UDP_SPEC.bind,
      script: (s) =>
        udpBindFails(s, createUdp(s, family), address(family, FOREIGN[family], 0), 'address-not-bindable'),
    }),
    networked({
      id: `udp-socket.start-bind/in-use-${family}`,
      title: `Binding an ${family} socket to a port that another has fails with address-in-use`,
      spec: UDP_SPEC.bind,
      script: (s) => {
        const { port } = boundUdp(s, family);
        udpBindFails(s, createUdp(s, family), loopback(family, port), 'address-in-use');
      },
    }),
    networked({
      id: `udp-socket.start-bind/again-after-failure-${family}`,
      title: `An ${family} socket whose binding has failed is not bound, so that it can be bound to another address`,
      // "invalid-state: The socket is already bound": after a failure it is not.
      spec: UDP_SPEC.bind,
      script: (s) => {
        const { port } = boundUdp(s, family);
        const socket = createUdp(s, family);
        udpBindFails(s, socket, loopback(family, port), 'address-in-use');
        bindUdp(s, socket, loopback(family));
        s.expect(s.call(UDP.localAddress, socket), isAddress(family));
      },
    }),
    networked({
      id: `udp-socket.start-bind/after-drop-${family}`,
      title: `The port of an ${family} socket can be bound by another at once when it is dropped`,
      spec: UDP_SPEC.bind,
      script: (s) => {
        const free = () => {
          const { socket, port } = boundUdp(s, family);
          s.expect(s.drop(KIND.udp, socket), ok());
          return port;
        };
        rebindUdp(s, free, family);
      },
    }),
  ]),
  networked({
    id: 'udp-socket.start-bind/mapped',
    title: 'An IPv6 socket can’t be bound to an IPv4-mapped address, as it is never dual-stack',
    // "On IPv6 sockets, IPV6_V6ONLY is enabled by default and can't be configured otherwise."
    spec: NETWORK_SPEC.createUdp,
    script: (s) => {
      const mapped = address('ipv6', MAPPED_LOOPBACK, 0);
      udpBindFails(s, createUdp(s, 'ipv6'), mapped, 'invalid-argument', 'address-not-bindable');
    },
  }),
  networked({
    id: 'udp-socket.start-bind/both-families-one-port',
    title: 'After an IPv6 socket on the unspecified address, an IPv4 socket can have the same port',
    spec: NETWORK_SPEC.createUdp,
    script: (s) => {
      const attempts = [0, 1, 2].map(() => {
        const six = createUdp(s, 'ipv6');
        bindUdp(s, six, address('ipv6', UNSPECIFIED.ipv6, 0));
        const port = s.let(portIn(must(s, UDP.localAddress, six)));
        const [handle, net] = [createUdp(s, 'ipv4'), network(s)];
        return {
          handle,
          port,
          start: () => s.call(UDP.startBind, handle, net, loopback('ipv4', port)),
          finish: () => s.call(UDP.finishBind, handle),
        };
      });
      oneSucceeds(s, UDP.subscribe, attempts);
    },
  }),
  networked({
    id: 'udp-socket.finish-bind/at-once',
    title: 'Finishing a bind at once succeeds or comes to would-block; after that it is finished only once',
    spec: README.asynchronous,
    script: (s) => {
      const socket = createUdp(s);
      must(s, UDP.startBind, socket, network(s), loopback('ipv4'));
      const open = '"its corresponding `finish-*` function can be called until it returns something other"';
      s.expect(s.call(UDP.finishBind, socket), oneOf(open, ok(), err('would-block')));
      awaitReady(s, UDP.subscribe, socket);
      s.expect(s.call(UDP.finishBind, socket), oneOf(open, ok(), err('not-in-progress')));
      s.expect(s.call(UDP.finishBind, socket), err('not-in-progress'));
    },
  }),
  networked({
    id: 'udp-socket.drop/streams-first',
    title: 'Streams can be dropped and after them the socket, whose port is free then',
    spec: ABI_DROP,
    script: (s) => {
      rebindUdp(s, () => {
        const own = openUdp(s);
        dropStreams(s, own);
        s.expect(s.drop(KIND.udp, own.socket), ok());
        return own.port;
      });
    },
  }),
  networked({
    id: 'udp-socket.drop/socket-first',
    title: 'A socket can be dropped before its streams, of which no text says that they are its children',
    spec: UDP_SPEC.stream,
    script: (s) => {
      const own = openUdp(s);
      s.expect(s.drop(KIND.udp, own.socket), ok());
      dropStreams(s, own);
    },
  }),
];

export const udpBindP2: ConformanceCase[] = binding;
