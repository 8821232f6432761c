/** Owns the canonical ABI's demands on preview 2's socket functions: forged handles, bad places, cases and lists, and so on. */

import { abiCases } from '../../harness/contracts/abiFaults.ts';
import {
  type AbiFault,
  type AbiParam,
  type AbiWord,
  CANONICAL_ABI,
  cases,
  handle,
  listOf,
  text,
  value,
} from '../../harness/contracts/abiParams.ts';
import type { AbiFunction, AbiPlace, AbiTable } from '../../harness/contracts/abiTable.ts';
import { at, dropOf, MEMORY_SIZE, type ScriptBuilder, type Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { bitsP2 } from './abi-bits-p2.ts';
import {
  bound,
  inStream,
  lookup,
  network,
  outStream,
  received,
  SOCKETS_P2,
  tcp,
  udp,
} from './abi-opening-p2.ts';
import { KIND } from './functions-p2.ts';

const NET = handle({ kind: KIND.network, make: network });
const TCP = handle({ kind: KIND.tcp, make: tcp });
const UDP = handle({ kind: KIND.udp, make: udp });
const BOUND = handle({ kind: KIND.udp, make: bound });
const RESOLVING = handle({ kind: KIND.resolver, make: lookup });
const INCOMING = handle({ kind: KIND.incoming, make: inStream });
const OUTGOING = handle({ kind: KIND.outgoing, make: outStream });

const place = (sizeBytes: number, align: number): AbiPlace => ({ sizeBytes, align });
/** `result<_, error-code>`, or one with no more than a byte in it. */
const SMALL = place(2, 1);
const ADDRESS = place(36, 4);
const LONG = place(16, 8);
const HANDLE = place(8, 4);
const STREAMS = place(12, 4);

/** An ip-socket-address: the case, the port, four bytes of address, and what only the other case fills. */
const LOOPBACK = [0, 0, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0];
const address = cases(2, LOOPBACK);

/** No address, and one of a family that there is not. */
const maybeAddress: AbiParam = {
  ...cases(2, [0, ...LOOPBACK.map(() => 0)]),
  groups: [
    ...cases(2, [0, ...LOOPBACK]).groups,
    [
      {
        id: 'family-2',
        words: 'an address of case 2 where there are 2',
        spec: CANONICAL_ABI.flat,
        args: () => [1, 2, ...LOOPBACK.slice(1)],
      },
    ],
  ],
};

type Params = AbiFunction['params'];
const named = (interfaceName: string, self: AbiParam) => (name: string, more: Params, result?: AbiPlace) => ({
  name: `${interfaceName}.${name}`,
  params: { self, ...more },
  ...(result && { place: result }),
});
const methods = (resource: string) => resource.replace('#', '#[method]');
const onTcp = named(methods(KIND.tcp), TCP);
const onUdp = named(methods(KIND.udp), UDP);
const onBound = named(methods(KIND.udp), BOUND);
const onIncoming = named(methods(KIND.incoming), INCOMING);
const onOutgoing = named(methods(KIND.outgoing), OUTGOING);
const onLookup = named(methods(KIND.resolver), RESOLVING);

const tcpFunctions: AbiFunction[] = [
  onTcp('start-bind', { network: NET, 'local-address': address }, SMALL),
  onTcp('finish-bind', {}, SMALL),
  onTcp('start-connect', { network: NET, 'remote-address': address }, SMALL),
  onTcp('finish-connect', {}, STREAMS),
  onTcp('start-listen', {}, SMALL),
  onTcp('finish-listen', {}, SMALL),
  onTcp('accept', {}, place(16, 4)),
  onTcp('local-address', {}, ADDRESS),
  onTcp('remote-address', {}, ADDRESS),
  onTcp('is-listening', {}),
  onTcp('address-family', {}),
  onTcp('set-listen-backlog-size', { value: value(5n) }, SMALL),
  onTcp('keep-alive-enabled', {}, SMALL),
  onTcp('set-keep-alive-enabled', { value: value(1) }, SMALL),
  {
    ...onTcp('keep-alive-idle-time', {}),
    place: { ...LONG, succeeds: true },
    all: ['place'],
  },
  onTcp('set-keep-alive-idle-time', { value: value(60_000_000_000n) }, SMALL),
  onTcp('keep-alive-interval', {}, LONG),
  onTcp('set-keep-alive-interval', { value: value(60_000_000_000n) }, SMALL),
  onTcp('keep-alive-count', {}, HANDLE),
  onTcp('set-keep-alive-count', { value: value(5) }, SMALL),
  onTcp('hop-limit', {}, SMALL),
  onTcp('set-hop-limit', { value: value(64) }, SMALL),
  onTcp('receive-buffer-size', {}, LONG),
  onTcp('set-receive-buffer-size', { value: value(65_536n) }, SMALL),
  onTcp('send-buffer-size', {}, LONG),
  onTcp('set-send-buffer-size', { value: value(65_536n) }, SMALL),
  onTcp('subscribe', {}),
  onTcp('shutdown', { 'shutdown-type': cases(3, [2]) }, SMALL),
  {
    name: 'wasi:sockets/tcp-create-socket#create-tcp-socket',
    params: { 'address-family': cases(2, [0]) },
    place: HANDLE,
  },
];

const DATAGRAM_BYTES = 44;
/** Where in an outgoing datagram its parts begin: the data's address and length, the option, the variant in it. */
const [DATA, LENGTH, OPTION, FAMILY] = [0, 4, 8, 12];

const storeDatagram = (s: ScriptBuilder, datagram: Slot, part: Partial<Record<number, AbiWord>> = {}) => {
  s.store('u32', at`${datagram} + ${DATA}`, part[DATA] ?? s.alloc(8));
  s.store('u32', at`${datagram} + ${LENGTH}`, part[LENGTH] ?? 1);
  s.store('u8', at`${datagram} + ${OPTION}`, part[OPTION] ?? 0);
  s.store('u8', at`${datagram} + ${FAMILY}`, part[FAMILY] ?? 0);
};

const inDatagram = (id: string, words: string, part: Partial<Record<number, AbiWord>>): AbiFault => ({
  id,
  words: `a datagram ${words}`,
  spec: CANONICAL_ABI.loading,
  args: (s) => {
    const datagram = s.alloc(DATAGRAM_BYTES, 4);
    storeDatagram(s, datagram, part);
    return [datagram, 1];
  },
});

const datagrams = listOf({ sizeBytes: DATAGRAM_BYTES, align: 4, store: storeDatagram }, [
  [
    inDatagram('data-at-the-end', 'whose bytes are at the end of memory', { [DATA]: MEMORY_SIZE }),
    inDatagram('data-wrapping', 'whose bytes are at the end of the address space', {
      [DATA]: 0xffff_ffff,
      [LENGTH]: 2,
    }),
    inDatagram('option-2', 'whose option of an address is case 2 where there are 2', { [OPTION]: 2 }),
    inDatagram('family-2', 'to an address of case 2 where there are 2', { [OPTION]: 1, [FAMILY]: 2 }),
  ],
]);

const udpFunctions: AbiFunction[] = [
  onUdp('start-bind', { network: NET, 'local-address': address }, SMALL),
  onUdp('finish-bind', {}, SMALL),
  onBound('stream', { 'remote-address': maybeAddress }, STREAMS),
  onUdp('local-address', {}, ADDRESS),
  onUdp('remote-address', {}, ADDRESS),
  onUdp('address-family', {}),
  onUdp('unicast-hop-limit', {}, SMALL),
  onUdp('set-unicast-hop-limit', { value: value(64) }, SMALL),
  onUdp('receive-buffer-size', {}, LONG),
  onUdp('set-receive-buffer-size', { value: value(65_536n) }, SMALL),
  onUdp('send-buffer-size', {}, LONG),
  onUdp('set-send-buffer-size', { value: value(65_536n) }, SMALL),
  onUdp('subscribe', {}),
  {
    ...onIncoming('receive', { 'max-results': value(1n) }, STREAMS),
    returned: {
      align: 4,
      prepare: received,
      lasting: (found) => (found as { data: Uint8Array }[]).map(({ data }) => [...data]),
    },
    all: ['realloc'],
  },
  onIncoming('subscribe', {}),
  onOutgoing('check-send', {}, LONG),
  { ...onOutgoing('send', { datagrams }, LONG), all: ['list'] },
  onOutgoing('subscribe', {}),
  {
    name: 'wasi:sockets/udp-create-socket#create-udp-socket',
    params: { 'address-family': cases(2, [0]) },
    place: HANDLE,
  },
];

const lookups: AbiFunction[] = [
  {
    name: 'wasi:sockets/ip-name-lookup#resolve-addresses',
    params: { network: NET, name: text('127.0.0.1') },
    place: HANDLE,
  },
  onLookup('resolve-next-address', {}, place(22, 2)),
  onLookup('subscribe', {}),
];

const drops = Object.entries({
  [KIND.network]: NET,
  [KIND.tcp]: TCP,
  [KIND.udp]: UDP,
  [KIND.resolver]: RESOLVING,
  [KIND.incoming]: INCOMING,
  [KIND.outgoing]: OUTGOING,
}).map(([resource, self]): AbiFunction => ({ name: dropOf(resource), params: { self } }));

export const abiTableP2: AbiTable = {
  ...SOCKETS_P2,
  functions: [...tcpFunctions, ...udpFunctions, ...lookups, ...drops],
};

export const abiP2: ConformanceCase[] = [...abiCases(abiTableP2), ...bitsP2];
