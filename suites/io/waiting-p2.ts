/** Owns what takes both ends of a connection: waiting for an answer, and being held up by who does not read. */

import { ok } from '../../harness/contracts/expect.ts';
import { at } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { World } from '../../harness/contracts/world.ts';
import {
  BLOCKING_READ,
  BLOCKING_WRITE,
  CHECK_WRITE,
  POLL,
  READ,
  READY,
  WRITE_ZEROES,
} from './functions-p2.ts';
import {
  connect,
  connectToPeer,
  dropPollables,
  HELLO,
  late,
  NETWORK,
  subscribe,
  subscribeOutput,
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

/** Writes as much as is permitted until nothing is any more, or 13 MB are on their way. */
const full: ConformanceCase = {
  ...P2,
  id: 'output-stream.check-write/tcp-full',
  title:
    'A connection whose other end does not read is not ready while it permits nothing, and is again once it is read',
  spec: STREAMS.subscribeOutput,
  world: NETWORK,
  script: (s) => {
    const [one, other] = connect(s);
    // What is not written is written there, no bytes of it: a script can't leave a call out.
    const [spare] = connect(s);
    const [area, unused] = [s.alloc(16), s.alloc(16)];
    s.loop(ROUNDS, () => {
      s.raw(CHECK_WRITE, [spare.output, unused]);
      s.raw(CHECK_WRITE, [one.output, area]);
      const budget = at`u64[${area} + 8]`;
      const stream = at`${one.output} * (${budget} > 0) + ${spare.output} * (${budget} == 0)`;
      s.raw(WRITE_ZEROES, [stream, at`${budget} - (${budget} > ${CHUNK}) * (${budget} - ${CHUNK})`, unused]);
    });
    const pollable = subscribeOutput(s, one.output);
    const ready = s.call(READY, pollable);
    const budget = s.call(CHECK_WRITE, one.output);
    s.expect(budget, ok());
    s.check('it is not ready without permitting something', [ready, budget], ({ values }) =>
      values[0]?.kind === 'ok' && values[0].value === true && numberOf(values[1]) === 0n
        ? 'it is ready and permits 0 bytes'
        : true,
    );
    s.loop(2 * ROUNDS, () => s.raw(READ, [other.input, BigInt(CHUNK), unused]));
    s.expect(s.call(POLL, [pollable, late(s)]), indicesAmong(0));
    s.expect(s.call(CHECK_WRITE, one.output), positive);
    dropPollables(s, pollable);
  },
};

export const waitingP2: ConformanceCase[] = [...answers, full];
