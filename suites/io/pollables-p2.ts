/** Owns the pollables of streams: when they are ready, alone and with others, and in which order all can be dropped. */

import { ok } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { World } from '../../harness/contracts/world.ts';
import {
  BLOCK,
  BLOCKING_READ,
  BLOCKING_WRITE,
  CHECK_WRITE,
  POLL,
  POLLABLE,
  READ,
  READY,
  SKIP,
  SUBSCRIBE_DURATION,
  SUBSCRIBE_INPUT,
} from './functions-p2.ts';
import { both, INPUTS, PLAIN_INPUTS, SINKS } from './kinds-p2.ts';
import {
  connect,
  connectAndReset,
  dropPollables,
  FILES,
  HELLO,
  HOUR,
  late,
  leave,
  NETWORK,
  open,
  readFrom,
  shutDown,
  subscribe,
  subscribeOutput,
  VANISHING,
  waitFor,
  writeTo,
} from './opening-p2.ts';
import { bytes, closed, count, indicesAmong, isReady, notReady, positive, someBytes } from './outcomes-p2.ts';
import { POLL_P2, STREAMS } from './spec.ts';

const P2 = { wasi: 'p2', guest: 'probe-p2-io' } as const;

/** Becomes ready and stays so, together with a second pollable of the same stream. */
function becomesReady(s: ScriptBuilder, one: Slot, other: Slot): void {
  s.expect(s.call(POLL, [one, late(s)]), indicesAmong(0));
  s.expect(s.call(READY, one), isReady);
  s.expect(s.call(BLOCK, other), ok());
  s.expect(s.call(READY, other), isReady);
  s.expect(s.call(POLL, [other, one, other]), indicesAmong(0, 1, 2));
  s.expect(s.drop(POLLABLE, one), ok());
  s.expect(s.call(READY, other), isReady);
  s.expect(s.drop(POLLABLE, other), ok());
}

const NOTHING: World = { stdin: 'null' };

const ready: ConformanceCase[] = [
  ...INPUTS.map(
    (kind): ConformanceCase => ({
      ...P2,
      id: `input-stream.subscribe/${kind.id}`,
      title: `Two pollables of a stream from ${kind.words} with bytes are both ready, and stay so until these are read`,
      spec: STREAMS.subscribeInput,
      world: kind.world,
      script: (s) => {
        const stream = kind.open(s);
        becomesReady(s, subscribe(s, stream), subscribe(s, stream));
        s.expect(s.call(READ, stream, 64n), someBytes(HELLO.length));
      },
    }),
  ),
  ...[...PLAIN_INPUTS, { ...INPUTS[2]!, id: 'stdin-null', words: 'the null device', world: NOTHING }].map(
    (kind): ConformanceCase => ({
      ...P2,
      id: `input-stream.subscribe/${kind.id}-at-the-end`,
      title: `A stream from ${kind.words} that has ended is ready, before and after that was told`,
      spec: STREAMS.subscribeInput,
      world: kind.world,
      script: (s) => {
        const stream = kind.open(s);
        const pollable = subscribe(s, stream);
        const steps = Array.from({ length: HELLO.length + 2 }, () => {
          s.expect(s.call(POLL, [pollable, late(s)]), indicesAmong(0));
          return s.call(READ, stream, 64n);
        });
        s.expect(steps.at(-1)!, closed);
        becomesReady(s, subscribe(s, stream), pollable);
      },
    }),
  ),
  ...SINKS.map(
    (kind): ConformanceCase => ({
      ...P2,
      id: `output-stream.subscribe/${kind.id}`,
      title: `Two pollables of a stream to ${kind.words} that takes bytes are both ready, and check-write permits some`,
      spec: STREAMS.subscribeOutput,
      world: kind.world,
      script: (s) => {
        const { stream } = kind.open(s);
        becomesReady(s, subscribeOutput(s, stream), subscribeOutput(s, stream));
        s.expect(s.call(CHECK_WRITE, stream), positive);
      },
    }),
  ),
  {
    ...P2,
    id: 'output-stream.subscribe/closed',
    title: 'A pollable of an output stream that is closed is always ready',
    spec: STREAMS.subscribeOutput,
    world: NETWORK,
    script: (s) => {
      const [one] = connect(s);
      const before = subscribeOutput(s, one.output);
      shutDown(s, one);
      becomesReady(s, before, subscribeOutput(s, one.output));
      s.expect(s.call(CHECK_WRITE, one.output), closed);
    },
  },
  {
    ...P2,
    id: 'input-stream.subscribe/reset',
    title: 'A connection that was reset makes its input stream ready, so that the error is found',
    spec: POLL_P2.poll,
    world: VANISHING,
    script: (s) => {
      const { input } = connectAndReset(s);
      becomesReady(s, subscribe(s, input), subscribe(s, input));
    },
  },
];

const changing: ConformanceCase[] = [
  {
    ...P2,
    id: 'input-stream.subscribe/tcp-waits',
    title:
      'A connection’s pollable is ready only while bytes are there, which a read of none does not change',
    spec: STREAMS.subscribeInput,
    world: NETWORK,
    script: (s) => {
      const [one, other] = connect(s);
      const pollable = subscribe(s, other.input);
      for (let round = 0; round < 2; round += 1) {
        s.expect(s.call(READ, other.input, 64n), bytes(''));
        s.expect(s.call(SKIP, other.input, 64n), count(0n));
        s.expect(s.call(READY, pollable), notReady);
        s.expect(s.call(BLOCKING_WRITE, one.output, HELLO), ok());
        s.expect(s.call(POLL, [late(s), pollable]), indicesAmong(1));
        s.expect(s.call(READ, other.input, 0n), bytes(''));
        s.expect(s.call(READY, pollable), isReady);
        for (const _ of HELLO) s.expect(s.call(BLOCKING_READ, other.input, 1n), someBytes(1));
      }
      dropPollables(s, pollable);
    },
  },
  {
    ...P2,
    id: 'input-stream.subscribe/tcp-read-up',
    title:
      'A connection’s pollable is not ready any more when all bytes were read, before another read finds none',
    spec: STREAMS.subscribeInput,
    world: NETWORK,
    script: (s) => {
      const [one, other] = connect(s);
      const pollable = subscribe(s, other.input);
      s.expect(s.call(BLOCKING_WRITE, one.output, HELLO), ok());
      for (const _ of HELLO) s.expect(s.call(BLOCKING_READ, other.input, 1n), someBytes(1));
      s.expect(s.call(READY, pollable), notReady);
      dropPollables(s, pollable);
    },
  },
  {
    ...P2,
    id: 'input-stream.subscribe/tcp-ends',
    title: 'A connection’s pollable that is not ready becomes so when the other side leaves',
    spec: STREAMS.subscribeInput,
    world: NETWORK,
    script: (s) => {
      const [one, other] = connect(s);
      const pollable = subscribe(s, other.input);
      s.expect(s.call(READY, pollable), notReady);
      leave(s, one);
      s.expect(s.call(POLL, [pollable, late(s)]), indicesAmong(0));
      s.expect(s.call(READ, other.input, 64n), closed);
      dropPollables(s, pollable);
    },
  },
  {
    ...P2,
    id: 'input-stream.subscribe/stdin-waits',
    title: 'A pipe that is empty but has a writer is not ready: the time beside it is what comes',
    spec: STREAMS.subscribeInput,
    world: { stdin: { kind: 'pipe', content: '', stays: true } },
    script: (s) => {
      const pollable = subscribe(s, INPUTS[2]!.open(s));
      const soon = s.let(s.call(SUBSCRIBE_DURATION, 20_000_000n).value);
      s.expect(s.call(POLL, [pollable, soon]), indicesAmong(1));
      s.expect(s.call(READY, pollable), notReady);
    },
  },
];

/** Lists of pollables of several kinds, some of which are not ready. */
const lists: ConformanceCase[] = [
  {
    ...P2,
    id: 'poll/streams-mixed',
    title: 'Of a connection without bytes, an hour and streams that are ready only the latter come back',
    spec: POLL_P2.poll,
    world: both(FILES, NETWORK),
    script: (s) => {
      const [one] = connect(s);
      const file = readFrom(s, open(s, 'source', 'read'));
      waitFor(s, file);
      const list = [
        subscribe(s, one.input),
        s.let(s.call(SUBSCRIBE_DURATION, HOUR).value),
        subscribe(s, file),
        subscribeOutput(s, one.output),
        subscribeOutput(s, writeTo(s, open(s, 'target', 'write'))),
      ];
      s.expect(s.call(POLL, list), indicesAmong(2, 3, 4));
      s.expect(s.call(POLL, list.slice(0, 3)), indicesAmong(2));
      s.expect(s.call(POLL, [list[0]!, list[3]!]), indicesAmong(1));
      dropPollables(s, ...list);
    },
  },
  {
    ...P2,
    id: 'poll/streams-same-twice',
    title:
      'A pollable that is not ready may stand in a list twice, beside one that is, which alone comes back',
    spec: POLL_P2.poll,
    world: NETWORK,
    script: (s) => {
      const [one, other] = connect(s);
      const waiting = subscribe(s, one.input);
      const again = subscribe(s, one.input);
      const due = subscribeOutput(s, one.output);
      s.expect(s.call(POLL, [waiting, again, waiting, due, again]), indicesAmong(3));
      s.expect(s.call(BLOCKING_WRITE, other.output, HELLO), ok());
      s.expect(s.call(POLL, [waiting, late(s), again, waiting]), indicesAmong(0, 2, 3));
      dropPollables(s, waiting, again, due);
    },
  },
  {
    ...P2,
    id: 'poll/streams-one-of-two',
    title: 'Of two connections that one is ready to which something was sent',
    spec: POLL_P2.poll,
    world: NETWORK,
    script: (s) => {
      const [, first] = connect(s);
      const [sender, second] = connect(s);
      const list = [subscribe(s, first.input), subscribe(s, second.input), late(s)];
      s.expect(s.call(BLOCKING_WRITE, sender.output, HELLO), ok());
      s.expect(s.call(POLL, list), indicesAmong(1));
      s.expect(s.call(READY, list[0]!), notReady);
      dropPollables(s, ...list);
    },
  },
  {
    ...P2,
    id: 'poll/streams-many',
    title: 'Of 200 pollables of a connection without bytes and one of a file only that one comes back',
    spec: POLL_P2.poll,
    world: both(FILES, NETWORK),
    script: (s) => {
      const [one] = connect(s);
      const file = subscribe(s, readFrom(s, open(s, 'source', 'read')));
      const list = s.alloc(201 * 4);
      s.loop(201, (index) =>
        s.store('u32', at`${list} + ${index} * 4`, s.raw(SUBSCRIBE_INPUT, [one.input]).result),
      );
      s.drop(POLLABLE, at`u32[${list} + 400]`);
      s.store('u32', at`${list} + 400`, file);
      const area = s.alloc(8);
      s.expect(s.raw(POLL, [list, 201n, area]), ok());
      s.loop(201, (index) => s.drop(POLLABLE, at`u32[${list} + ${index} * 4]`));
      const shown = [s.show(at`${area} + 4`, 4), s.show(at`u32[${area}]`, 4)];
      s.check('one index, that of the file', shown, ({ values }) => {
        const [found, first] = values.map((seen) =>
          seen.kind === 'ok' ? Buffer.from(seen.value as Uint8Array).readUInt32LE() : -1,
        );
        return (found === 1 && first === 100) || `${found} indices, the first of them ${first}`;
      });
    },
  },
];

export const pollablesP2: ConformanceCase[] = [...ready, ...changing, ...lists];
