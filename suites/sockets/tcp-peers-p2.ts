/** Owns TCP connections with a peer that the harness plays: the bytes as the host sees them, slow readers, ends and resets. */

import { createHash } from 'node:crypto';
import { err, ok, oneOf } from '../../harness/contracts/expect.ts';
import { type HostPeer, portOf, type TcpPeer } from '../../harness/contracts/peer.ts';
import { at, type ScriptBuilder, type Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { FAMILIES, type Family, isAddress, loopback } from './addresses-p2.ts';
import { INPUT, KIND, OUTPUT, TCP } from './functions-p2.ts';
import { got, peersSaw } from './listening.ts';
import { STATES, TCP_SPEC } from './spec.ts';
import { BROKEN, CLOSED, expectEnd, expectText, receive, sendText } from './tcp-bytes-p2.ts';
import {
  type Connected,
  connect,
  connectedPair,
  create,
  must,
  network,
  networked,
} from './tcp-opening-p2.ts';
import { block, TOTAL, transfer } from './tcp-transfer-p2.ts';
import { awaitReady } from './waiting-p2.ts';

interface Played {
  id: string;
  title: string;
  spec: string;
  family?: Family;
  peer: Omit<TcpPeer, 'protocol' | 'listensOn' | 'connectsTo' | 'ipVersion'>;
  script(s: ScriptBuilder, guest: Connected): void;
}

const version = (family: Family): 4 | 6 => (family === 'ipv4' ? 4 : 6);

/** The guest connects to a peer that listens. */
const connecting = ({ id, title, spec, family = 'ipv4', peer, script }: Played): ConformanceCase =>
  networked({
    id,
    title,
    spec,
    world: {
      network: true,
      peers: [{ protocol: 'tcp', listensOn: 'peer', ipVersion: version(family), ...peer }],
    },
    script: (s) => script(s, connect(s, create(s, family), loopback(family, portOf('peer')))),
  });

const ended = (how: HostPeer['ended'], text: string) => (seen: HostPeer | undefined) =>
  seen?.ended === how ? got(text)(seen) : `it saw ${seen?.ended}`;

/** The bytes of a whole transfer. */
function hashOfTransfer(): string {
  const hash = createHash('sha256');
  const bytes = block();
  for (let sent = 0; sent < TOTAL; sent += bytes.length) hash.update(bytes);
  return hash.digest('hex');
}

const wholeTransfer = (s: ScriptBuilder, step: Step) => {
  const expected = hashOfTransfer();
  peersSaw(
    s,
    step,
    (seen) => seen?.received.sha256 === expected || `${seen?.received.sizeBytes} bytes came, or others`,
  );
};

const bytes: ConformanceCase[] = FAMILIES.flatMap((family) => [
  connecting({
    id: `tcp-socket.finish-connect/peer-${family}`,
    title: `Over ${family} a peer on the host gets what the guest writes, and the guest what the peer sends`,
    spec: TCP_SPEC.connect,
    family,
    peer: {
      steps: [{ do: 'await-bytes', count: 8 }, { do: 'send', content: 'answer' }, { do: 'await-end' }],
    },
    script: (s, guest) => {
      const step = sendText(s, guest.output, 'question');
      expectText(s, guest.input, 'answer');
      s.expect(s.call(TCP.remoteAddress, guest.socket), isAddress(family));
      peersSaw(s, step, got('question'));
    },
  }),
]);

const large: ConformanceCase[] = [
  connecting({
    id: 'tcp-socket.finish-connect/1-mib-to-slow-reader',
    title: 'A mebibyte that a peer reads slowly arrives whole',
    spec: TCP_SPEC.connect,
    peer: {
      reads: 'slowly',
      steps: [{ do: 'await-bytes', count: TOTAL }, { do: 'send', content: 'all' }, { do: 'await-end' }],
    },
    script: (s, guest) => {
      const spare = connectedPair(s).client.output;
      const step = transfer(s, { output: guest.output, spare });
      expectText(s, guest.input, 'all');
      wholeTransfer(s, step);
    },
  }),
  connecting({
    id: 'tcp-socket.finish-connect/1-mib-from-peer',
    title: 'A mebibyte that a peer sends comes whole and in order',
    spec: TCP_SPEC.connect,
    peer: {
      steps: [
        ...Array.from({ length: TOTAL / block().length }, () => ({ do: 'send' as const, content: block() })),
        { do: 'await-end' },
      ],
    },
    script: (s, guest) => void transfer(s, { input: guest.input }),
  }),
  connecting({
    id: 'tcp-socket.finish-connect/peer-never-reads',
    title: 'When a peer does not read, the permit to write is 0 in the end, and writing is not ready',
    spec: TCP_SPEC.connect,
    peer: { reads: 'never', steps: [{ do: 'await-end' }] },
    script: (s, guest) => {
      const spare = connectedPair(s).client.output;
      const [permit, other, wrote] = [s.alloc(16), s.alloc(16), s.alloc(16)];
      const place = s.alloc(65_536);
      const some = at`u64[${permit} + 8] > 65535`;
      s.loop(200, () => {
        s.raw(OUTPUT.checkWrite, [guest.output, permit]);
        s.raw(OUTPUT.checkWrite, [spare, other]);
        s.raw(OUTPUT.write, [
          at`(${some}) * ${guest.output} + ((${some}) == 0) * ${spare}`,
          place,
          at`(${some}) * 65536`,
          wrote,
        ]);
      });
      s.expect(
        s.call(OUTPUT.checkWrite, guest.output),
        ok('less than 64 KiB', (value) => (value as bigint) < 65_536n),
      );
      s.expect(s.call(TCP.remoteAddress, guest.socket), isAddress('ipv4'));
    },
  }),
];

const endings: ConformanceCase[] = [
  connecting({
    id: 'tcp-socket.shutdown/peer-sees-send',
    title: 'After shutdown send the peer sees the end behind what was sent, and its answer still comes',
    spec: TCP_SPEC.shutdown,
    peer: { steps: [{ do: 'await-end' }, { do: 'send', content: 'answer' }, { do: 'end' }] },
    script: (s, guest) => {
      sendText(s, guest.output, 'question');
      const step = must(s, TCP.shutdown, guest.socket, 'send');
      expectText(s, guest.input, 'answer');
      peersSaw(s, step, ended('end', 'question'));
    },
  }),
  connecting({
    id: 'tcp-socket.shutdown/peer-sees-both',
    title: 'After shutdown both the peer sees the end while the guest keeps its socket',
    spec: TCP_SPEC.shutdown,
    peer: { steps: [{ do: 'await-end' }] },
    script: (s, guest) => {
      sendText(s, guest.output, 'bye');
      awaitReady(s, OUTPUT.subscribe, guest.output);
      const step = must(s, TCP.shutdown, guest.socket, 'both');
      peersSaw(s, step, ended('end', 'bye'));
    },
  }),
  connecting({
    id: 'tcp-socket.drop/peer-sees-end',
    title: 'When streams and socket are dropped the peer gets what was written and an orderly end',
    spec: STATES.transitions,
    peer: { steps: [{ do: 'await-end' }] },
    script: (s, guest) => {
      sendText(s, guest.output, 'bye');
      awaitReady(s, OUTPUT.subscribe, guest.output);
      s.drop(KIND.input, guest.input);
      s.drop(KIND.output, guest.output);
      const step = s.drop(KIND.tcp, guest.socket);
      s.expect(step, ok());
      peersSaw(s, step, ended('end', 'bye'));
    },
  }),
  connecting({
    id: 'tcp-socket.finish-connect/peer-ends',
    title: 'When the peer ends its side the guest reads what it sent, then the end, and can still write',
    spec: TCP_SPEC.connect,
    peer: { steps: [{ do: 'send', content: 'bye' }, { do: 'end' }, { do: 'await-end' }] },
    script: (s, guest) => {
      expectText(s, guest.input, 'bye');
      expectEnd(s, guest.input);
      const step = sendText(s, guest.output, 'still');
      awaitReady(s, OUTPUT.subscribe, guest.output);
      peersSaw(s, step, got('still'));
    },
  }),
  connecting({
    id: 'tcp-socket.finish-connect/peer-resets',
    title:
      'When the peer vanishes with a reset, reading and writing come to errors of the streams and nothing ends',
    spec: TCP_SPEC.connect,
    peer: { steps: [{ do: 'await-bytes', count: 1 }, { do: 'reset' }] },
    script: (s, guest) => {
      must(s, OUTPUT.checkWrite, guest.output);
      must(s, OUTPUT.write, guest.output, '.');
      // This may be told of the reset already.
      s.call(OUTPUT.flush, guest.output);
      const how = 'a stream’s end and its failure are both errors: which a reset is, no text says';
      s.expect(receive(s, guest.input, 16n), oneOf(how, BROKEN, CLOSED));
      s.expect(s.call(INPUT.read, guest.input, 16n), oneOf(how, BROKEN, CLOSED));
      const open =
        'a broken connection may be told by check-write or only by a later write, as an end or a failure';
      s.expect(s.call(OUTPUT.checkWrite, guest.output), oneOf(open, ok(), BROKEN, CLOSED));
      s.expect(s.call(TCP.addressFamily, guest.socket), ok());
      s.expect(s.call(TCP.startBind, guest.socket, network(s), loopback('ipv4')), err('invalid-state'));
    },
  }),
];

export const tcpPeersP2: ConformanceCase[] = [...bytes, ...large, ...endings];
