/** Owns TCP connections with a peer that the harness plays: the bytes as the host sees them, slow readers, ends and resets. */

import { createHash } from 'node:crypto';
import { err, ok, oneOf } from '../../harness/contracts/expect.ts';
import { type HostPeer, portOf, type TcpPeer } from '../../harness/contracts/peer.ts';
import { at, dropOf, type ScriptBuilder, type Slot, type Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { FAMILIES, type Family, isAddress, loopback } from './addresses-p2.ts';
import { INPUT, KIND, OUTPUT, POLL, SUBSCRIBE_DURATION, TCP } from './functions-p2.ts';
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
import { awaitNothing, awaitReady } from './waiting-p2.ts';

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

const MOST = 65_536;

/** Writes what is permitted until for a while nothing is: as often as it takes to fill a system's buffers, and more. */
function fillUp(s: ScriptBuilder, output: Slot): void {
  const spare = connectedPair(s).client.output;
  const [permit, other, wrote, ready] = [s.alloc(16), s.alloc(16), s.alloc(16), s.alloc(8)];
  const [place, list, full, length] = [s.alloc(MOST), s.alloc(8), s.alloc(8), s.alloc(8)];
  const own = s.let(s.call(OUTPUT.subscribe, output).value);
  s.store('u32', list, own);
  s.loop(600, () => {
    // When it has been full once there is nothing to wait for.
    const clock = s.raw(SUBSCRIBE_DURATION, [at`(u64[${full}] == 0) * 50000000`]).result;
    s.store('u32', at`${list} + 4`, clock);
    s.raw(POLL, [list, 2, ready]);
    s.raw(dropOf(KIND.pollable), [clock]);
    // Of the two only the clock: the list begins with its index.
    s.store('u64', full, at`u64[${full}] + (u32[u32[${ready}]] == 1) > 0`);
    s.raw(OUTPUT.checkWrite, [output, permit]);
    s.raw(OUTPUT.checkWrite, [spare, other]);
    const allowed = at`u64[${permit} + 8] * (u8[${permit}] == 0) * (u64[${full}] == 0)`;
    const less = at`${allowed} < ${MOST}`;
    s.store('u64', length, at`${less} * ${allowed} + (${less} == 0) * ${MOST}`);
    // Each turn has a write: where there is nothing to write, to another stream.
    const some = at`u64[${length}] > 0`;
    s.raw(OUTPUT.write, [
      at`${some} * ${output} + (${some} == 0) * ${spare}`,
      place,
      at`u64[${length}]`,
      wrote,
    ]);
  });
  s.drop(KIND.pollable, own);
}

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
      fillUp(s, guest.output);
      // What the system has taken in the meantime is written as well.
      fillUp(s, guest.output);
      s.expect(
        s.call(OUTPUT.checkWrite, guest.output),
        ok('0', (value) => value === 0n),
      );
      awaitNothing(s, OUTPUT.subscribe, guest.output);
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
