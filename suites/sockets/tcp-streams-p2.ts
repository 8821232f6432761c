/** Owns what goes over a TCP connection: bytes both ways, the end of one side, shutting down, and dropping. */

import { ok, oneOf } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { FAMILIES, isAddress, loopback } from './addresses-p2.ts';
import { INPUT, KIND, OUTPUT, TCP } from './functions-p2.ts';
import { STATES, TCP_SPEC } from './spec.ts';
import { BROKEN, CLOSED, expectEnd, expectText, sendText } from './tcp-bytes-p2.ts';
import {
  accept,
  type Connected,
  connect,
  connectedPair,
  create,
  listening,
  networked,
} from './tcp-opening-p2.ts';
import { transfer } from './tcp-transfer-p2.ts';
import { awaitNothing, awaitReady, pause } from './waiting-p2.ts';

const NOTHING = ok('no bytes', (value) => value instanceof Uint8Array && value.length === 0);

const shut = (s: ScriptBuilder, end: Connected, how: string) =>
  s.expect(s.call(TCP.shutdown, end.socket, how), ok());

const dropStreams = (s: ScriptBuilder, end: Connected) => {
  s.expect(s.drop(KIND.input, end.input), ok());
  s.expect(s.drop(KIND.output, end.output), ok());
};

const bytes: ConformanceCase[] = [
  ...FAMILIES.map((family) =>
    networked({
      id: `tcp-socket.accept/bytes-${family}`,
      title: `Over ${family} what one end writes is what the other reads, in both directions`,
      spec: TCP_SPEC.accept,
      script: (s) => {
        const { client, server } = connectedPair(s, family);
        sendText(s, client.output, 'question');
        expectText(s, server.input, 'question');
        sendText(s, server.output, 'answer');
        expectText(s, client.input, 'answer');
      },
    }),
  ),
  networked({
    id: 'tcp-socket.finish-connect/nothing-to-read',
    title: 'While nothing has come an input stream is not ready, and reading gives no bytes and no error',
    spec: TCP_SPEC.connect,
    script: (s) => {
      const { client, server } = connectedPair(s);
      s.expect(s.call(INPUT.read, client.input, 16n), NOTHING);
      awaitNothing(s, INPUT.subscribe, client.input);
      sendText(s, server.output, 'now');
      expectText(s, client.input, 'now');
      s.expect(s.call(INPUT.read, client.input, 16n), NOTHING);
    },
  }),
  networked({
    id: 'tcp-socket.accept/sent-before',
    title: 'Bytes that were sent before the connection is accepted are there afterwards',
    spec: TCP_SPEC.accept,
    script: (s) => {
      const listener = listening(s);
      const client = connect(s, create(s), loopback('ipv4', listener.port));
      sendText(s, client.output, 'early');
      pause(s, 5);
      expectText(s, accept(s, listener.socket).input, 'early');
    },
  }),
  ...(['client', 'server'] as const).map((from) =>
    networked({
      id: `tcp-socket.finish-connect/1-mib-from-${from}`,
      title: `A mebibyte that the ${from} writes, reading beginning late, comes whole and in order`,
      spec: TCP_SPEC.connect,
      script: (s) => {
        const { client, server } = connectedPair(s);
        const [sender, receiver] = from === 'client' ? [client, server] : [server, client];
        transfer(s, { output: sender.output, spare: receiver.output, input: receiver.input });
      },
    }),
  ),
];

const shutdowns: ConformanceCase[] = [
  networked({
    id: 'tcp-socket.shutdown/send',
    title: 'After shutdown send nothing can be written, the other end reads what was sent and then the end',
    spec: TCP_SPEC.shutdown,
    script: (s) => {
      const { client, server } = connectedPair(s);
      sendText(s, client.output, 'last words');
      shut(s, client, 'send');
      s.expect(s.call(OUTPUT.checkWrite, client.output), CLOSED);
      expectText(s, server.input, 'last words');
      expectEnd(s, server.input);
    },
  }),
  networked({
    id: 'tcp-socket.shutdown/send-then-receive',
    title: 'After shutdown send a socket still receives, and is still connected',
    spec: TCP_SPEC.shutdown,
    script: (s) => {
      const { client, server } = connectedPair(s);
      shut(s, client, 'send');
      expectEnd(s, server.input);
      sendText(s, server.output, 'answer');
      expectText(s, client.input, 'answer');
      s.expect(s.call(TCP.remoteAddress, client.socket), isAddress('ipv4'));
    },
  }),
  networked({
    id: 'tcp-socket.shutdown/receive',
    title: 'After shutdown receive the input stream is closed, what had come is discarded',
    spec: TCP_SPEC.shutdown,
    script: (s) => {
      const { client, server } = connectedPair(s);
      sendText(s, server.output, 'unwanted');
      awaitReady(s, INPUT.subscribe, client.input);
      shut(s, client, 'receive');
      s.expect(s.call(INPUT.read, client.input, 16n), CLOSED);
      s.expect(s.call(INPUT.read, client.input, 16n), CLOSED);
    },
  }),
  networked({
    id: 'tcp-socket.shutdown/receive-then-send',
    title: 'After shutdown receive a socket still sends',
    spec: TCP_SPEC.shutdown,
    script: (s) => {
      const { client, server } = connectedPair(s);
      shut(s, client, 'receive');
      sendText(s, client.output, 'still');
      expectText(s, server.input, 'still');
    },
  }),
  networked({
    id: 'tcp-socket.shutdown/both',
    title: 'After shutdown both neither stream is open, and the other end reads the end',
    spec: TCP_SPEC.shutdown,
    script: (s) => {
      const { client, server } = connectedPair(s);
      shut(s, client, 'both');
      s.expect(s.call(OUTPUT.checkWrite, client.output), CLOSED);
      s.expect(s.call(INPUT.read, client.input, 16n), CLOSED);
      expectEnd(s, server.input);
    },
  }),
  ...['receive', 'send', 'both'].map((how) =>
    networked({
      id: `tcp-socket.shutdown/${how}-again`,
      title: `Shutting down ${how} more than once has no effect and returns ok`,
      // "This function is idempotent".
      spec: TCP_SPEC.shutdown,
      script: (s) => {
        const { client } = connectedPair(s);
        for (let time = 0; time < 3; time++) shut(s, client, how);
      },
    }),
  ),
  networked({
    id: 'tcp-socket.shutdown/one-after-the-other',
    title: 'Both sides can be shut down one after the other, and at both ends of a connection',
    spec: TCP_SPEC.shutdown,
    script: (s) => {
      const { client, server } = connectedPair(s);
      shut(s, client, 'send');
      shut(s, client, 'receive');
      expectEnd(s, server.input);
      s.expect(s.call(OUTPUT.checkWrite, client.output), CLOSED);
      s.expect(s.call(INPUT.read, client.input, 16n), CLOSED);
    },
  }),
  networked({
    id: 'tcp-socket.shutdown/send-with-bytes-under-way',
    title: 'Bytes written before shutdown send, which nobody has read yet, all come before the end',
    spec: TCP_SPEC.shutdown,
    script: (s) => {
      const { client, server } = connectedPair(s);
      const text = 'many bytes '.repeat(90);
      for (let time = 0; time < 3; time++) sendText(s, client.output, text);
      shut(s, client, 'send');
      const area = s.alloc(16);
      const count = s.alloc(8);
      for (let time = 0; time < 3; time++) {
        awaitReady(s, INPUT.subscribe, server.input);
        s.raw(INPUT.read, [server.input, 990n, area]);
        s.store('u64', count, {
          expression: `u64[${count.expression}]+u32[${area.expression}+8]*(u8[${area.expression}]==0)`,
        });
      }
      s.expect(
        s.show(count, 8),
        ok('2970 bytes', (value) => Buffer.from(value as Uint8Array).readUInt32LE() === 2_970),
      );
      expectEnd(s, server.input);
    },
  }),
];

const drops: ConformanceCase[] = [
  networked({
    id: 'tcp-socket.drop/streams-first',
    title: 'When streams and then socket are dropped, the other end reads what was sent and then the end',
    spec: STATES.transitions,
    script: (s) => {
      const { client, server } = connectedPair(s);
      sendText(s, client.output, 'farewell');
      awaitReady(s, OUTPUT.subscribe, client.output);
      dropStreams(s, client);
      s.expect(s.drop(KIND.tcp, client.socket), ok());
      expectText(s, server.input, 'farewell');
      expectEnd(s, server.input);
    },
  }),
  networked({
    id: 'tcp-socket.drop/socket-first',
    title: 'A connected socket can be dropped before its streams',
    // "A socket resource can be dropped in any state." No text makes the streams its children.
    spec: STATES.transitions,
    script: (s) => {
      const { client } = connectedPair(s);
      s.expect(s.drop(KIND.tcp, client.socket), ok());
      dropStreams(s, client);
    },
  }),
  networked({
    id: 'tcp-socket.drop/streams-keep-socket',
    title: 'When only the streams are dropped the socket is there still, with its addresses',
    spec: TCP_SPEC.remoteAddress,
    script: (s) => {
      const { client } = connectedPair(s);
      dropStreams(s, client);
      s.expect(s.call(TCP.localAddress, client.socket), isAddress('ipv4'));
      s.expect(s.call(TCP.remoteAddress, client.socket), isAddress('ipv4'));
    },
  }),
  networked({
    id: 'tcp-socket.drop/input-only',
    title: 'When the input stream is dropped the output stream still sends',
    spec: TCP_SPEC.connect,
    script: (s) => {
      const { client, server } = connectedPair(s);
      s.expect(s.drop(KIND.input, client.input), ok());
      sendText(s, client.output, 'still');
      expectText(s, server.input, 'still');
    },
  }),
  networked({
    id: 'tcp-socket.drop/output-only',
    title: 'When the output stream is dropped the input stream still receives',
    spec: TCP_SPEC.connect,
    script: (s) => {
      const { client, server } = connectedPair(s);
      s.expect(s.drop(KIND.output, client.output), ok());
      sendText(s, server.output, 'still');
      expectText(s, client.input, 'still');
    },
  }),
  networked({
    id: 'tcp-socket.drop/writing-to-who-has-gone',
    title:
      'Writing to an end that has gone comes to an error of the stream, sooner or later, and ends nothing else',
    spec: TCP_SPEC.connect,
    script: (s) => {
      const { client, server } = connectedPair(s);
      dropStreams(s, server);
      s.expect(s.drop(KIND.tcp, server.socket), ok());
      expectEnd(s, client.input);
      const late =
        'the system learns that nobody reads only by what it has sent: until then there is a permit, and it is then an end or a failure';
      const [text, wrote] = [s.alloc(8), s.alloc(16)];
      const checks = Array.from({ length: 5 }, () => {
        const step = s.call(OUTPUT.checkWrite, client.output);
        s.expect(step, oneOf(late, ok(), BROKEN, CLOSED));
        // Writes where there is a permit.
        s.loop(at`(u8[${step.area}] == 0) * (${step.value} > 0)`, () =>
          s.raw(OUTPUT.write, [client.output, text, 1n, wrote]),
        );
        pause(s, 5);
        return step;
      });
      s.check('the error is told', checks, ({ values }) =>
        values.some(({ kind }) => kind === 'err') ? true : { holds: 'not within five writes' },
      );
      s.expect(s.call(TCP.addressFamily, client.socket), ok());
    },
  }),
];

export const tcpStreamsP2: ConformanceCase[] = [...bytes, ...shutdowns, ...drops];
