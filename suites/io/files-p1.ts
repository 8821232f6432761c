/** Owns `poll_oneoff` with files and directories, and with descriptors that are none. */

import { ok } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { World } from '../../harness/contracts/world.ts';
import {
  after,
  BADF,
  due,
  exactly,
  expectEvents,
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

const FILES: World = {
  preopens: [{ guest: '/', entries: { file: 'hello', empty: '', folder: { kind: 'directory' } } }],
};
/** Rights that wasi-libc asks for, those to poll among them. */
const RIGHTS = ['fd_read', 'fd_write', 'fd_seek', 'fd_tell', 'fd_filestat_get', 'poll_fd_readwrite'];

function open(s: ScriptBuilder, path: string): Slot {
  const step = s.call('path_open', 3, [], path, [], RIGHTS, [], []);
  s.expect(step, ok());
  return s.let(step.value);
}

interface FileCase {
  id: string;
  title: string;
  file: string;
  subscriptions(fd: Slot): Subscription[];
  events: (events: PollEvent[]) => true | string;
  spec?: string;
}

/** "This event always triggers for regular files." */
const FILE_CASES: readonly FileCase[] = [
  {
    id: 'file-readable',
    title: 'A regular file is always readable',
    file: 'file',
    subscriptions: (fd) => [readable(fd), late],
    events: exactly(due('fd_read')),
  },
  {
    id: 'file-empty',
    title: 'A regular file is readable even where it is empty',
    file: 'empty',
    subscriptions: (fd) => [readable(fd), late],
    events: exactly(due('fd_read')),
  },
  {
    id: 'file-writable',
    title: 'A regular file is always writable',
    file: 'file',
    subscriptions: (fd) => [writable(fd), late],
    events: exactly(due('fd_write')),
  },
  {
    id: 'file-both',
    title: 'A regular file is readable and writable in one call, each an event with its own userdata',
    file: 'file',
    subscriptions: (fd) => [readable(fd, 11n), writable(fd, 22n), late],
    events: exactly(due('fd_read', 11n), due('fd_write', 22n)),
  },
  {
    id: 'file-twice',
    title:
      'Of two subscriptions of the same descriptor each event has the userdata of its own, and none has two',
    file: 'file',
    subscriptions: (fd) => [readable(fd, 5n), readable(fd, 6n), late],
    events: (events) => {
      const text = events
        .map(({ userdata, type }) => `${type} ${userdata}`)
        .toSorted()
        .join();
      if (events.some(({ error }) => error !== 0))
        return `the errors are ${events.map(({ error }) => error)}`;
      const right = ['fd_read 5', 'fd_read 6', 'fd_read 5,fd_read 6'];
      return right.includes(text) || `the events are ${text}`;
    },
  },
  {
    id: 'file-64-times',
    title: 'Sixty-four subscriptions of the same file have an event each, with its own userdata',
    file: 'file',
    subscriptions: (fd) => [
      ...Array.from({ length: 64 }, (_, index) => writable(fd, 2n ** 40n + BigInt(index))),
      late,
    ],
    events: exactly(...Array.from({ length: 64 }, (_, index) => due('fd_write', 2n ** 40n + BigInt(index)))),
  },
  {
    id: 'file-before-clock',
    title: 'A regular file is due and a timeout beside it is not',
    file: 'file',
    subscriptions: (fd) => [late, readable(fd, 9n)],
    events: exactly(due('fd_read', 9n)),
  },
  {
    id: 'file-bytes',
    title: 'The event of a regular file of five bytes tells how many can be read',
    file: 'file',
    subscriptions: (fd) => [readable(fd), late],
    events: tellsFive,
    spec: p1Docs('event_fd_readwrite.nbytes'),
  },
  {
    id: 'file-no-hangup',
    title: 'A regular file has no peer that could have hung up',
    file: 'file',
    subscriptions: (fd) => [readable(fd), writable(fd, 1n), late],
    events: (events) =>
      events.every(({ flags }) => flags === 0) || `flags ${events.map(({ flags }) => flags)}`,
    spec: p1Docs('eventrwflags'),
  },
];

const files = FILE_CASES.map(
  ({ id, title, file, subscriptions, events, spec }): ConformanceCase => ({
    ...P1,
    id: `poll_oneoff/${id}`,
    title,
    ...(spec ? { spec } : {}),
    world: FILES,
    script: (s) => void expectEvents(s, 'the events are right', subscriptions(open(s, file)), events),
  }),
);

/** Nothing is said about directories: neither an event nor an error. That the call ends is what a guest may rely on. */
const directories = [readable, writable].map(
  (subscribe): ConformanceCase => ({
    ...P1,
    id: `poll_oneoff/directory-${subscribe.name}`,
    title: `Polling whether a directory is ${subscribe.name} ends with an event, an error or the timeout`,
    world: FILES,
    script: (s) => {
      const open = 'the text does not say what a directory is to this call';
      const any = refused(
        { badf: BADF, notcapable: 76, isdir: 31, inval: 28, notsup: 58, perm: 63 },
        open,
        ok(),
      );
      s.expect(poll(s, [subscribe(3, 1n), after(10n * NS_PER_MS)]), any);
    },
  }),
);

const BAD: readonly { id: string; words: string; fd(s: ScriptBuilder): number | Slot }[] = [
  { id: 'unknown', words: 'was never opened', fd: () => 99 },
  { id: 'largest', words: 'is the largest number', fd: () => 2 ** 32 - 1 },
  {
    id: 'closed',
    words: 'was closed',
    fd: (s) => {
      const fd = open(s, 'file');
      s.expect(s.call('fd_close', fd), ok());
      return fd;
    },
  },
];

const bad = BAD.flatMap(({ id, words, fd }) =>
  [readable, writable].map(
    (subscribe): ConformanceCase => ({
      ...P1,
      id: `poll_oneoff/${subscribe.name}-bad-fd-${id}`,
      title: `Polling whether a descriptor that ${words} is ${subscribe.name} fails with badf, in its event or as a whole`,
      spec: p1Docs('errno.badf'),
      world: FILES,
      script: (s) => s.expect(poll(s, [subscribe(fd(s)), late]), refused({ badf: BADF })),
    }),
  ),
);

export const filesP1: ConformanceCase[] = [...files, ...directories, ...bad];
