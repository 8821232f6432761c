/** Owns `sock_recv` on connections that a listener gives. */

import { err, ok, oneOf, trap } from '../../harness/contracts/expect.ts';
import { at } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { accepted, awaitReadable, bytes, expectText, receive, send, sent } from './calls.ts';
import { LISTENER, type Listening, listening, patient, peer } from './listening.ts';
import { p1Docs, posix } from './spec.ts';

const hello = peer({ do: 'send', content: 'hello' }, { do: 'await-end' });

const RECEIVE: Listening[] = [
  {
    id: 'sock_recv/bytes',
    title: 'What a peer sends is received, and nothing is written behind it',
    spec: p1Docs('sock_recv'),
    peers: [hello],
    script: (s) => expectText(s, accepted(s, LISTENER), 'hello'),
  },
  {
    id: 'sock_recv/in-parts',
    title: 'What does not fit is received by the next calls, in order; on a stream nothing is truncated',
    spec: p1Docs('sock_recv'),
    peers: [hello],
    script: (s) => {
      const fd = accepted(s, LISTENER);
      awaitReadable(s, fd);
      for (const text of ['he', 'll', 'o']) {
        const { step, place } = receive(s, fd, 2);
        s.expect(step, bytes(text.length));
        const expected = Buffer.from(text);
        s.expect(
          s.show(place, text.length),
          ok(text, (value) => value instanceof Uint8Array && expected.equals(value)),
        );
      }
    },
  },
  {
    id: 'sock_recv/peek',
    title: 'Peeking returns bytes without taking them',
    spec: p1Docs('riflags.recv_peek'),
    peers: [hello],
    script: (s) => {
      const fd = accepted(s, LISTENER);
      expectText(s, fd, 'hello', ['recv_peek']);
      expectText(s, fd, 'hello', ['recv_peek']);
      expectText(s, fd, 'hello');
    },
  },
  {
    id: 'sock_recv/waitall',
    title: 'With waitall a call returns all bytes asked for, though they come in two parts',
    spec: p1Docs('riflags.recv_waitall'),
    peers: [
      peer(
        { do: 'send', content: 'first' },
        { do: 'await-bytes', count: 1 },
        { do: 'send', content: 'second' },
        { do: 'await-end' },
      ),
    ],
    script: (s) => {
      const fd = accepted(s, LISTENER);
      awaitReadable(s, fd);
      s.expect(send(s, fd, '.'), sent(1));
      s.expect(receive(s, fd, 11, ['recv_waitall']).step, bytes(11));
    },
  },
  {
    id: 'sock_recv/end',
    title: 'When the peer has ended its side, what it sent is received and then 0 bytes, time and again',
    spec: posix('recv'),
    peers: [peer({ do: 'send', content: 'x' }, { do: 'end' }, { do: 'await-end' })],
    script: (s) => {
      const fd = accepted(s, LISTENER);
      expectText(s, fd, 'x');
      for (let round = 0; round < 2; round += 1) s.expect(receive(s, fd, 8).step, bytes(0));
      s.expect(send(s, fd, 'still here'), sent(10));
    },
  },
  {
    id: 'sock_recv/again',
    title: 'A non-blocking connection on which nothing has come returns again',
    spec: posix('recv'),
    peers: [patient],
    script: (s) => s.expect(receive(s, accepted(s, LISTENER, ['nonblock']), 8).step, err('again')),
  },
  {
    id: 'sock_recv/reset',
    title: 'When the peer has vanished with a reset, receiving fails with connreset',
    spec: posix('recv'),
    peers: [peer({ do: 'await-bytes', count: 1 }, { do: 'reset' })],
    script: (s) => {
      const fd = accepted(s, LISTENER);
      s.expect(send(s, fd, '.'), sent(1));
      s.expect(receive(s, fd, 8).step, err('connreset'));
    },
  },
  {
    id: 'sock_recv/on-listener',
    title: 'A listener is not connected: receiving from it fails with notconn',
    spec: posix('recv'),
    script: (s) => {
      const other =
        'a host may not have given the rights to it, or not take a listener for such a socket at all';
      const errors = ['notconn', 'notcapable', 'notsup', 'badf', 'notsock', 'inval'].map(err);
      s.expect(receive(s, LISTENER, 8).step, oneOf(other, ...errors));
    },
  },
  {
    id: 'sock_recv/several-buffers',
    title: 'Several buffers are filled one after the other, as far as the call says',
    spec: p1Docs('sock_recv.ri_data'),
    peers: [hello],
    script: (s) => {
      const fd = accepted(s, LISTENER);
      awaitReadable(s, fd);
      const place = s.alloc(16);
      const parts = [
        { buf: place, buf_len: 2 },
        { buf: at`${place} + 2`, buf_len: 0 },
        { buf: at`${place} + 2`, buf_len: 6 },
      ];
      const step = s.call('sock_recv', fd, parts, []);
      s.expect(step, ok());
      s.check('the first bytes of hello', [step, s.show(place, 16)], ({ values: [counted, shown] }) => {
        const count = counted?.kind === 'ok' ? (counted.value as number[])[0]! : 0;
        const all = shown?.kind === 'ok' ? Buffer.from(shown.value as Uint8Array) : Buffer.alloc(0);
        const expected = Buffer.concat([Buffer.from('hello').subarray(0, count), Buffer.alloc(16 - count)]);
        return (count > 0 && count <= 5 && expected.equals(all)) || `${count} bytes: ${all.toString('hex')}`;
      });
    },
  },
  {
    id: 'sock_recv/bad-flags',
    title: 'Flags that do not exist are refused with inval or by a trap',
    spec: p1Docs('riflags'),
    peers: [hello],
    script: (s) => {
      const iovec = s.alloc(8, 4);
      s.store('u32', iovec, s.alloc(8));
      s.store('u32', at`${iovec} + 4`, 8);
      const args = [accepted(s, LISTENER), iovec, 1n, 1 << 5, s.alloc(4, 4), s.alloc(4, 4)];
      const why = 'bits that name no flag are an invalid argument, or no value of the type at all';
      s.expect(
        s.raw('sock_recv', args),
        oneOf(why, err('inval'), err('notsup'), trap('no value of the type')),
      );
    },
  },
];

export const receiveP1: ConformanceCase[] = RECEIVE.map(listening);
