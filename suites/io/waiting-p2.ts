/** Owns what takes both ends of a connection: waiting for an answer, and being held up by who does not read. */

import { ok } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { World } from '../../harness/contracts/world.ts';
import {
  BLOCKING_READ,
  BLOCKING_WRITE,
  CHECK_WRITE,
  POLL,
  READ,
  READY,
  SPLICE,
  WRITE_ZEROES,
} from './functions-p2.ts';
import { both } from './kinds-p2.ts';
import {
  connect,
  connectToPeer,
  dropPollables,
  type End,
  FILES,
  HELLO,
  late,
  leave,
  NETWORK,
  open,
  readFrom,
  subscribe,
  subscribeOutput,
  waitFor,
} from './opening-p2.ts';
import { closed, endsAfter, indicesAmong, numberOf, positive, someBytes } from './outcomes-p2.ts';
import { STREAMS } from './spec.ts';

const P2 = { wasi: 'p2', guest: 'probe-p2-io' } as const;

const ANSWERING: World = {
  network: true,
  peers: [
    {
      protocol: 'tcp',
      listensOn: 'peer',
      steps: [{ do: 'await-bytes', count: 4 }, { do: 'send', content: HELLO }, { do: 'end' }],
    },
  ],
};

const answers: ConformanceCase[] = [
  {
    ...P2,
    id: 'input-stream.blocking-read/answer',
    title: 'blocking-read waits for what a peer answers, and tells its end when the peer has ended',
    spec: STREAMS.blockingRead,
    world: ANSWERING,
    script: (s) => {
      const { input, output } = connectToPeer(s);
      s.expect(s.call(BLOCKING_WRITE, output, 'ask!'), ok());
      const steps = Array.from({ length: HELLO.length + 2 }, () => s.call(BLOCKING_READ, input, 64n));
      s.expect(steps[0]!, someBytes(HELLO.length));
      s.check('the answer, then the end', steps, endsAfter(HELLO));
      s.after('the peer was asked', [], ({ after: [world] }) => {
        const received = world?.peers?.[0]?.received.head ?? '';
        return Buffer.from(received, 'base64').toString() === 'ask!' || 'it was not';
      });
    },
  },
  {
    ...P2,
    id: 'input-stream.subscribe/answer',
    title: 'Polling a connection waits for what a peer answers, after which there are bytes or the end',
    spec: STREAMS.subscribeInput,
    world: ANSWERING,
    script: (s) => {
      const { input, output } = connectToPeer(s);
      const pollable = subscribe(s, input);
      s.expect(s.call(BLOCKING_WRITE, output, 'ask!'), ok());
      const steps = Array.from({ length: HELLO.length + 2 }, () => {
        s.expect(s.call(POLL, [pollable, late(s)]), indicesAmong(0));
        return s.call(READ, input, 64n);
      });
      s.expect(steps[0]!, someBytes(HELLO.length));
      s.expect(steps.at(-1)!, closed);
      dropPollables(s, pollable);
    },
  },
];

const CHUNK = 65_536;
const ROUNDS = 200;

/** Writes as much as is permitted until nothing is any more, or 13 MB are on their way. Returns both ends. */
function fill(s: ScriptBuilder): [End, End] {
  const [one, other] = connect(s);
  // What is not written is written there, no bytes of it: a script can't leave a call out.
  const [spare] = connect(s);
  const [area, unused] = [s.alloc(16), s.alloc(16)];
  s.loop(ROUNDS, () => {
    s.raw(CHECK_WRITE, [spare.output, unused]);
    s.raw(CHECK_WRITE, [one.output, area]);
    const budget = at`u64[${area} + 8]`;
    const stream = at`${one.output} * (${budget} > 0) + ${spare.output} * (${budget} == 0)`;
    const length = at`${budget} - (${budget} > ${CHUNK}) * (${budget} - ${CHUNK})`;
    s.raw(WRITE_ZEROES, [stream, length, unused]);
  });
  return [one, other];
}

const full: ConformanceCase = {
  ...P2,
  id: 'output-stream.check-write/tcp-full',
  title:
    'A connection whose other end does not read is not ready while it permits nothing, and is again once it is read',
  spec: STREAMS.subscribeOutput,
  world: NETWORK,
  script: (s) => {
    const [one, other] = fill(s);
    const pollable = subscribeOutput(s, one.output);
    const ready = s.call(READY, pollable);
    const budget = s.call(CHECK_WRITE, one.output);
    s.expect(budget, ok());
    s.check('it is not ready without permitting something', [ready, budget], ({ values }) =>
      values[0]?.kind === 'ok' && values[0].value === true && numberOf(values[1]) === 0n
        ? 'it is ready and permits 0 bytes'
        : true,
    );
    const unused = s.alloc(16);
    s.loop(2 * ROUNDS, () => s.raw(READ, [other.input, BigInt(CHUNK), unused]));
    s.expect(s.call(POLL, [pollable, late(s)]), indicesAmong(0));
    s.expect(s.call(CHECK_WRITE, one.output), positive);
    dropPollables(s, pollable);
    leave(s, one);
    leave(s, other);
  },
};

/** "Calling `read` on the `input-stream` with the smaller of the `check-write` permitted length and the `len`". */
const splicedWhenFull: ConformanceCase = {
  ...P2,
  id: 'output-stream.splice/tcp-full',
  title: 'Splicing to a connection that permits nothing moves nothing, and takes nothing from the input',
  spec: STREAMS.splice,
  // Of its own process: with a runtime that traps here the full connection is left over.
  world: { ...both(FILES, NETWORK), stdout: 'file' },
  script: (s) => {
    const [one] = fill(s);
    const input = readFrom(s, open(s, 'source', 'read'));
    waitFor(s, input);
    const budget = s.call(CHECK_WRITE, one.output);
    const moved = s.call(SPLICE, one.output, input, 64n);
    s.expect(moved, ok());
    const left = Array.from({ length: HELLO.length + 2 }, () => s.call(BLOCKING_READ, input, 64n));
    s.check('nothing was moved, unless something was permitted', [budget, moved, ...left], ({ values }) => {
      const [permitted, spliced, ...reads] = values;
      if (numberOf(permitted) > 0n) return true;
      if (numberOf(spliced) > 0n) return `${numberOf(spliced)} bytes were`;
      return endsAfter(HELLO)({ values: reads });
    });
  },
};

export const waitingP2: ConformanceCase[] = [...answers, full, splicedWhenFull];
