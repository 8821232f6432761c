/** Owns `sock_shutdown` on connections that a listener gives. */

import { err, ok, oneOf, trap } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { accepted, bytes, expectText, receive, send, sent } from './calls.ts';
import { got, LISTENER, type Listening, listening, patient, peer, peersSaw } from './listening.ts';
import { p1Docs, posix } from './spec.ts';

const half = (how: string[]) => (s: ScriptBuilder, fd: Slot) => s.call('sock_shutdown', fd, how);

const SHUTDOWN: Listening[] = [
  {
    id: 'sock_shutdown/send',
    title:
      'After shutting down its sending side a guest can’t send, but still receives, and the peer sees the end',
    spec: p1Docs('sdflags.wr'),
    peers: [peer({ do: 'await-end' }, { do: 'send', content: 'answer' }, { do: 'end' })],
    script: (s) => {
      const fd = accepted(s, LISTENER);
      s.expect(send(s, fd, 'question'), sent(8));
      const step = half(['wr'])(s, fd);
      s.expect(step, ok());
      s.expect(send(s, fd, 'x'), err('pipe'));
      expectText(s, fd, 'answer');
      peersSaw(s, step, (seen) => (seen?.ended === 'end' ? got('question')(seen) : `it saw ${seen?.ended}`));
    },
  },
  {
    id: 'sock_shutdown/receive',
    title: 'After shutting down its receiving side a guest receives 0 bytes, and can still send',
    spec: p1Docs('sdflags.rd'),
    peers: [patient],
    script: (s) => {
      const fd = accepted(s, LISTENER);
      s.expect(half(['rd'])(s, fd), ok());
      s.expect(receive(s, fd, 8).step, bytes(0));
      const step = send(s, fd, 'still');
      s.expect(step, sent(5));
      peersSaw(s, step, got('still'));
    },
  },
  {
    id: 'sock_shutdown/both',
    title: 'Shutting down both sides ends both',
    spec: p1Docs('sdflags'),
    peers: [patient],
    script: (s) => {
      const fd = accepted(s, LISTENER);
      const step = half(['rd', 'wr'])(s, fd);
      s.expect(step, ok());
      s.expect(send(s, fd, 'x'), err('pipe'));
      s.expect(receive(s, fd, 8).step, bytes(0));
      peersSaw(s, step, (seen) => seen?.ended === 'end' || `it saw ${seen?.ended}`);
    },
  },
  {
    id: 'sock_shutdown/neither',
    title: 'Shutting down no side is refused with inval, and the connection goes on',
    spec: posix('shutdown'),
    peers: [patient],
    script: (s) => {
      const fd = accepted(s, LISTENER);
      s.expect(half([])(s, fd), err('inval'));
      const step = send(s, fd, 'on');
      s.expect(step, sent(2));
      peersSaw(s, step, got('on'));
    },
  },
  {
    id: 'sock_shutdown/bad-flags',
    title: 'Sides that do not exist are refused with inval or by a trap',
    spec: posix('shutdown'),
    peers: [patient],
    script: (s) => {
      const why = 'bits that name no flag are an invalid argument, or no value of the type at all';
      const step = s.raw('sock_shutdown', [accepted(s, LISTENER), 4]);
      s.expect(step, oneOf(why, err('inval'), trap('no value of the type')));
    },
  },
];

export const shutdownP1: ConformanceCase[] = SHUTDOWN.map(listening);
