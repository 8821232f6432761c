/** Owns binding TCP sockets: which addresses can be bound, and which are refused and how. */

import { ok } from '../../harness/contracts/expect.ts';
import type { WasiValue } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import {
  address,
  FAMILIES,
  type Family,
  FOREIGN,
  isAddress,
  isOf,
  loopback,
  MAPPED_LOOPBACK,
  otherFamily,
  portIn,
  UNSPECIFIED,
} from './addresses-p2.ts';
import { KIND, TCP } from './functions-p2.ts';
import { bindFails } from './operations-p2.ts';
import { TCP_SPEC } from './spec.ts';
import { bind, bound, create, network, networked, rebind } from './tcp-opening-p2.ts';
import { awaitReady } from './waiting-p2.ts';

const bindable = FAMILIES.flatMap((family): ConformanceCase[] => [
  networked({
    id: `tcp-socket.start-bind/loopback-${family}`,
    title: `An ${family} socket bound to the loopback address and port 0 gets that address and some port`,
    spec: TCP_SPEC.bind,
    script: (s) => {
      const socket = create(s, family);
      s.expect(s.call(TCP.startBind, socket, network(s), loopback(family)), ok());
      awaitReady(s, TCP.subscribe, socket);
      s.expect(s.call(TCP.finishBind, socket), ok());
      s.expect(s.call(TCP.localAddress, socket), isAddress(family));
      s.expect(s.call(TCP.localAddress, socket), isAddress(family));
    },
  }),
  networked({
    id: `tcp-socket.start-bind/unspecified-${family}`,
    title: `An ${family} socket can be bound to the unspecified address, "left to the implementation", and gets a port`,
    spec: TCP_SPEC.bind,
    script: (s) => {
      const socket = create(s, family);
      bind(s, socket, address(family, UNSPECIFIED[family], 0));
      s.expect(s.call(TCP.localAddress, socket), isOf(family));
    },
  }),
  networked({
    id: `tcp-socket.start-bind/chosen-port-${family}`,
    title: `An ${family} socket can be bound to a port of the guest's choice that is free, and then has it`,
    spec: TCP_SPEC.bind,
    script: (s) => {
      const { handle, port: wanted } = rebind(
        s,
        () => {
          const first = bound(s, family);
          s.drop(KIND.tcp, first.socket);
          return first.port;
        },
        family,
      );
      const step = s.call(TCP.localAddress, handle);
      s.expect(step, isAddress(family));
      const port = s.alloc(8);
      s.store('u32', port, portIn(step));
      s.store('u32', { expression: `${port.expression}+4` }, wanted);
      s.expect(
        s.show(port, 8),
        ok('the same port twice', (value) => {
          const [a = 0, b = 0, , , c = 0, d = 0] = value as Uint8Array;
          return a === c && b === d;
        }),
      );
    },
  }),
]);

/** Addresses that must be refused, with the error that the text has for them. */
const REFUSED: readonly { id: string; family: Family; words: string; local: WasiValue; code: string }[] = [
  ...FAMILIES.flatMap((family) => {
    const other = otherFamily(family);
    return [
      {
        id: `wrong-family-${family}`,
        family,
        words: `an ${other} address`,
        local: loopback(other),
        code: 'invalid-argument',
      },
      {
        id: `foreign-${family}`,
        family,
        words: 'an address that this machine does not have',
        local: address(family, FOREIGN[family], 0),
        code: 'address-not-bindable',
      },
    ];
  }),
  ...[
    ['multicast', [224, 0, 0, 1], 'a multicast address'],
    ['multicast-last', [239, 255, 255, 250], 'a multicast address of the last block'],
    ['broadcast', [255, 255, 255, 255], 'the broadcast address'],
  ].map(([id, parts, words]) => ({
    id: `${id as string}-ipv4`,
    family: 'ipv4' as const,
    words: words as string,
    local: address('ipv4', parts as number[], 0),
    code: 'invalid-argument',
  })),
  {
    id: 'multicast-ipv6',
    family: 'ipv6',
    words: 'a multicast address',
    local: address('ipv6', [0xff02, 0, 0, 0, 0, 0, 0, 1], 0),
    code: 'invalid-argument',
  },
  {
    id: 'mapped-ipv6',
    family: 'ipv6',
    words: 'an IPv4-mapped address',
    local: address('ipv6', MAPPED_LOOPBACK, 0),
    code: 'invalid-argument',
  },
];

const refused = REFUSED.map(
  ({ id, family, words, local, code }): ConformanceCase =>
    networked({
      id: `tcp-socket.start-bind/${id}`,
      title: `Binding an ${family} socket to ${words} fails with ${code}; it can be bound to another then`,
      spec: TCP_SPEC.bind,
      script: (s) => {
        const socket = create(s, family);
        bindFails(s, socket, local, code);
        // "Bind can be attempted multiple times on the same socket, […] only as long as the previous bind failed."
        bind(s, socket, loopback(family));
        s.expect(s.call(TCP.localAddress, socket), isAddress(family));
      },
    }),
);

export const tcpBindP2: ConformanceCase[] = [...bindable, ...refused];
