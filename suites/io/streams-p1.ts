/** Owns `poll_oneoff` with the standard streams: files, pipes with and without bytes, and those whose other end has left. */

import { ok } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { Stdin, Stdout } from '../../harness/contracts/world.ts';
import {
  after,
  BADF,
  due,
  exactly,
  expectEvents,
  HANGUP,
  hasEvent,
  late,
  NS_PER_MS,
  type PollEvent,
  poll,
  readable,
  refused,
  type Subscription,
  tellsFive,
  writable,
} from './poll.ts';
import { p1Docs } from './spec.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1', spec: p1Docs('eventtype') } as const;
const STDIN = 0;
const STDOUT = 1;
const STDOUT_USERDATA = 77n;

const PIPES: readonly {
  id: string;
  title: string;
  stdin: Stdin;
  subscriptions: Subscription[];
  events: (events: PollEvent[]) => true | string;
  spec?: string;
}[] = [
  {
    id: 'stdin-data',
    title: 'A pipe in which bytes lie is readable, before any timeout',
    stdin: { kind: 'pipe', content: 'hello', stays: true },
    subscriptions: [readable(STDIN, 4n), late],
    events: exactly(due('fd_read', 4n)),
  },
  {
    id: 'stdin-nothing',
    title: 'A pipe in which nothing lies and whose writer is there is not readable: only the timeout is due',
    stdin: { kind: 'pipe', content: '', stays: true },
    subscriptions: [readable(STDIN, 4n), after(20n * NS_PER_MS, { userdata: 5n })],
    events: exactly(due('clock', 5n)),
  },
  {
    id: 'stdin-left',
    title: 'A pipe whose writer has left is readable: its end can be read without waiting',
    stdin: { kind: 'pipe', content: '' },
    subscriptions: [readable(STDIN, 4n), late],
    events: exactly(due('fd_read', 4n)),
  },
  {
    id: 'stdin-file',
    title: 'A file as standard input is readable',
    stdin: { kind: 'file', content: 'hello' },
    subscriptions: [readable(STDIN, 4n), late],
    events: exactly(due('fd_read', 4n)),
  },
  {
    id: 'stdin-null',
    title: 'The null device as standard input is readable: its end can be read without waiting',
    stdin: 'null',
    subscriptions: [readable(STDIN, 4n), late],
    events: exactly(due('fd_read', 4n)),
  },
  {
    id: 'stdin-bytes',
    title: 'The event of a pipe in which five bytes lie tells how many can be read',
    stdin: { kind: 'pipe', content: 'hello', stays: true },
    subscriptions: [readable(STDIN), late],
    events: tellsFive,
    spec: p1Docs('event_fd_readwrite.nbytes'),
  },
  {
    id: 'stdin-no-hangup',
    title: 'The event of a pipe whose writer is there does not say that it hung up',
    stdin: { kind: 'pipe', content: 'hello', stays: true },
    subscriptions: [readable(STDIN), late],
    events: ([event]) => event?.flags === 0 || `flags ${event?.flags}, of which ${HANGUP} says so`,
    spec: p1Docs('eventrwflags'),
  },
];

const stdin = PIPES.map(
  ({ id, title, stdin, subscriptions, events, spec }): ConformanceCase => ({
    ...P1,
    id: `poll_oneoff/${id}`,
    title,
    ...(spec ? { spec } : {}),
    world: { stdin },
    script: (s) => void expectEvents(s, 'the events are right', subscriptions, events),
  }),
);

/** Who polls may read: what was polled is not taken away by it. */
const kept: ConformanceCase = {
  ...P1,
  id: 'poll_oneoff/stdin-kept',
  title: 'Polling takes nothing away: the bytes that were said to be there are read afterwards',
  world: { stdin: { kind: 'pipe', content: 'hello', stays: true } },
  script: (s) => {
    for (let round = 0; round < 2; round += 1)
      expectEvents(s, 'readable', [readable(STDIN), late], exactly(due('fd_read')));
    const step = s.call('fd_read', STDIN, [{ buf: s.alloc(16), buf_len: 16 }]);
    s.expect(
      step,
      ok('5 bytes', (count) => count === 5),
    );
    expectEvents(s, 'readable no more', [readable(STDIN), after(NS_PER_MS)], exactly(due('clock', 1n)));
  },
};

const OUTPUTS: readonly { stdout: Stdout; words: string }[] = [
  { stdout: 'file', words: 'a file' },
  { stdout: 'pipe', words: 'a pipe that is read' },
];

const stdout: ConformanceCase[] = [
  ...OUTPUTS.map(
    ({ stdout, words }): ConformanceCase => ({
      ...P1,
      id: `poll_oneoff/stdout-${stdout}`,
      title: `Standard output to ${words} is writable`,
      world: { stdout },
      script: (s) =>
        void expectEvents(s, 'only it is due', [late, writable(STDOUT, 3n)], exactly(due('fd_write', 3n))),
    }),
  ),
  {
    ...P1,
    id: 'poll_oneoff/stdout-closed-pipe',
    title: 'Polling whether a pipe that nobody reads any more is writable does not wait for a reader',
    spec: p1Docs('eventrwflags'),
    world: { stdout: 'closed-pipe' },
    script: (s) => {
      const why = 'the text has an error and a flag for a peer that has left, and does not say which';
      const step = poll(s, [writable(STDOUT, STDOUT_USERDATA), late]);
      s.expect(step, refused({ pipe: 64, io: 29, badf: BADF }, why, hasEvent(STDOUT_USERDATA)));
    },
  },
];

export const streamsP1: ConformanceCase[] = [...stdin, kept, ...stdout];
