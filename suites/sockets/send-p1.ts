/** Owns `sock_send` on connections that a listener gives. */

import { createHash } from 'node:crypto';
import { err, ok, oneOf, trap } from '../../harness/contracts/expect.ts';
import { at } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { accepted, awaitReadable, send, sent, stored } from './calls.ts';
import { got, LISTENER, type Listening, listening, patient, peer, peersSaw } from './listening.ts';
import { p1Docs, posix } from './spec.ts';

const MIB = 1024 * 1024;

const SEND: Listening[] = [
  {
    id: 'sock_send/bytes',
    title: 'What is sent is what the peer gets, in order',
    spec: p1Docs('sock_send'),
    peers: [patient],
    script: (s) => {
      const fd = accepted(s, LISTENER);
      const first = send(s, fd, 'good ');
      s.expect(first, sent(5));
      s.expect(send(s, fd, ''), sent(0));
      s.expect(send(s, fd, 'bye'), sent(3));
      peersSaw(s, first, got('good bye'));
    },
  },
  {
    id: 'sock_send/several-buffers',
    title: 'Of several buffers the peer gets as much as the call says, in their order',
    spec: p1Docs('sock_send.si_data'),
    peers: [patient],
    script: (s) => {
      const step = send(s, accepted(s, LISTENER), 'one ', '', 'two ', 'three');
      s.expect(
        step,
        ok('1 to 13 bytes', (count) => Number(count) > 0 && Number(count) <= 13),
      );
      s.after('so much of it came', [step], ({ values: [seen], after }) => {
        const count = seen?.kind === 'ok' ? Number(seen.value) : 0;
        return got('one two three'.slice(0, count))(after[0]!.peers![0]!);
      });
    },
  },
  ...(['at-once', 'slowly'] as const).map(
    (reads): Listening => ({
      id: `sock_send/1-mib-read-${reads}`,
      title: `A mebibyte that the peer reads ${reads} arrives whole`,
      spec: p1Docs('sock_send'),
      peers: [{ ...patient, reads }],
      script: (s) => {
        const fd = accepted(s, LISTENER);
        const place = s.alloc(65_536);
        s.put(place, 'begin');
        s.put(at`${place} + 65533`, 'end');
        const [iovec, count, done, errors] = [s.alloc(8, 4), s.alloc(4, 4), s.alloc(8), s.alloc(8)];
        const inside = at`u64[${done}] & 65535`;
        s.loop(256, () => {
          s.store('u32', iovec, at`${place} + (${inside})`);
          s.store('u32', at`${iovec} + 4`, at`(u64[${done}] < ${MIB}) * (65536 - (${inside}))`);
          s.store('u32', count, 0);
          const { result } = s.raw('sock_send', [fd, iovec, 1n, 0n, count]);
          s.store('u64', done, at`u64[${done}] + u32[${count}]`);
          s.store('u64', errors, at`u64[${errors}] + ${result}`);
        });
        const step = s.show(errors, 8);
        s.expect(
          step,
          ok('no errors', (value) => value instanceof Uint8Array && value.every((byte) => byte === 0)),
        );
        const block = Buffer.alloc(65_536);
        block.write('begin');
        block.write('end', 65_533);
        const hash = createHash('sha256');
        for (let index = 0; index < MIB; index += block.length) hash.update(block);
        const expected = hash.digest('hex');
        peersSaw(
          s,
          step,
          (seen) => seen?.received.sha256 === expected || `${seen?.received.sizeBytes} bytes came, or others`,
        );
      },
    }),
  ),
  {
    id: 'sock_send/after-reset',
    title:
      'When the peer has vanished with a reset, sending fails with connreset or pipe, and does not end the guest',
    spec: posix('send'),
    peers: [peer({ do: 'await-bytes', count: 1 }, { do: 'reset' })],
    script: (s) => {
      const fd = accepted(s, LISTENER);
      s.expect(send(s, fd, '.'), sent(1));
      awaitReadable(s, fd);
      const why =
        'POSIX has ECONNRESET for "a connection was forcibly closed by a peer" and EPIPE for one "no longer connected"';
      s.expect(send(s, fd, 'x'), oneOf(why, err('connreset'), err('pipe')));
      s.expect(send(s, fd, 'x'), err('pipe'));
      s.expect(s.call('sched_yield'), ok());
    },
  },
  {
    id: 'sock_send/bad-flags',
    title: 'Flags other than zero, of which none are defined, are refused with inval or by a trap',
    spec: p1Docs('siflags'),
    peers: [patient],
    script: (s) => {
      const why = '"it must be set to zero": the text does not say what else comes of it';
      const step = s.call('sock_send', accepted(s, LISTENER), [stored(s, 'x')], 1);
      s.expect(step, oneOf(why, err('inval'), err('notsup'), trap('no value of the type')));
      s.after('nothing was sent', [step], ({ after }) => got('')(after[0]!.peers![0]!));
    },
  },
  {
    id: 'sock_send/on-listener',
    title: 'A listener is not connected: sending on it fails with notconn or pipe',
    spec: posix('send'),
    script: (s) => {
      const other =
        'a host may not have given the rights to it, or not take a listener for such a socket at all';
      const errors = ['notconn', 'pipe', 'notcapable', 'notsup', 'badf', 'notsock', 'inval'].map(err);
      s.expect(send(s, LISTENER, 'x'), oneOf(other, ...errors));
    },
  },
];

export const sendP1: ConformanceCase[] = SEND.map(listening);
