/** Owns `sock_accept` on a listening socket that was handed in. */

import { err, ok, oneOf, trap } from '../../harness/contracts/expect.ts';
import { at, MEMORY_SIZE } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { accept, accepted, bytes, makeBlocking, receive, send, sent } from './calls.ts';
import {
  hasFlags,
  isStream,
  LISTENER,
  type Listening,
  listening,
  patient,
  peer,
  peersSaw,
  textOf,
} from './listening.ts';
import { P1_POINTERS, p1Docs, posix } from './spec.ts';

const ACCEPT: Listening[] = [
  {
    id: 'sock_accept/connection',
    title: 'A connection is accepted as a new descriptor of a stream socket, without flags',
    spec: p1Docs('sock_accept'),
    peers: [patient],
    script: (s) => {
      s.expect(s.call('fd_fdstat_get', LISTENER), isStream);
      makeBlocking(s, LISTENER);
      const step = accept(s, LISTENER);
      s.expect(
        step,
        ok('a descriptor beyond the listener', (fd) => Number(fd) > LISTENER && Number(fd) < 2 ** 31),
      );
      s.expect(s.call('fd_fdstat_get', step.value), isStream);
      s.expect(s.call('fd_fdstat_get', step.value), hasFlags());
      peersSaw(s, step, (seen) => seen?.connected || 'it did not connect');
    },
  },
  {
    id: 'sock_accept/nonblock-flag',
    title: 'A connection accepted with the flag nonblock has it',
    spec: p1Docs('sock_accept.flags'),
    peers: [patient],
    script: (s) =>
      s.expect(s.call('fd_fdstat_get', accepted(s, LISTENER, ['nonblock'])), hasFlags('nonblock')),
  },
  {
    id: 'sock_accept/again',
    title: 'A non-blocking listener to which nobody connects returns again',
    spec: posix('accept'),
    script: (s) => {
      s.expect(s.call('fd_fdstat_set_flags', LISTENER, ['nonblock']), ok());
      s.expect(accept(s, LISTENER), err('again'));
      s.expect(accept(s, LISTENER), err('again'));
    },
  },
  {
    id: 'sock_accept/several',
    title: 'Three connections are accepted as three descriptors, each with the bytes of its own peer',
    spec: p1Docs('sock_accept'),
    peers: ['a', 'b', 'c'].map((content) => peer({ do: 'send', content }, { do: 'await-end' })),
    script: (s) => {
      const fds = [0, 1, 2].map(() => accepted(s, LISTENER));
      const shown = fds.map((fd) => {
        const { step, place } = receive(s, fd, 4);
        s.expect(step, bytes(1));
        s.expect(send(s, fd, '.'), sent(1));
        return s.show(place, 1);
      });
      const letters = ({ kind, value }: { kind: string; value?: unknown }) =>
        kind === 'ok' ? Buffer.from(value as Uint8Array).toString() : '';
      s.check('each byte came once', shown, ({ values }) => {
        const all = values.map(letters).toSorted().join('');
        return all === 'abc' || `they got '${all}'`;
      });
      peersSaw(
        s,
        shown[0]!,
        (...seen) => seen.every((one) => textOf(one) === '.') || seen.map(textOf).join(),
      );
    },
  },
  {
    id: 'sock_accept/on-connection',
    title: 'A connection does not listen: accepting on it fails with inval',
    spec: posix('accept'),
    peers: [patient],
    script: (s) => {
      const other =
        'POSIX has EINVAL for "the socket is not accepting connections" and EOPNOTSUPP for types that can’t';
      s.expect(
        accept(s, accepted(s, LISTENER)),
        oneOf(other, err('inval'), err('notsup'), err('notcapable')),
      );
    },
  },
  {
    id: 'sock_accept/result-misaligned',
    title: 'sock_accept traps for a result place one byte off its alignment',
    spec: P1_POINTERS,
    peers: [patient],
    script: (s) => {
      makeBlocking(s, LISTENER);
      s.expect(
        s.raw('sock_accept', [LISTENER, 0, at`${s.alloc(8)} + 1`]),
        trap('the result place is misaligned'),
      );
    },
  },
  {
    id: 'sock_accept/result-outside',
    title: 'sock_accept traps for a result place at the end of memory',
    spec: P1_POINTERS,
    peers: [patient],
    script: (s) => {
      makeBlocking(s, LISTENER);
      s.expect(s.raw('sock_accept', [LISTENER, 0, MEMORY_SIZE]), trap('the result place is outside'));
    },
  },
];

export const acceptP1: ConformanceCase[] = ACCEPT.map(listening);
