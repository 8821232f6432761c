/** Owns the socket functions where there is no socket: files, directories, streams, no descriptor, bad pointers. */

import { type Expectation, err, oneOf, trap } from '../../harness/contracts/expect.ts';
import { at, MEMORY_SIZE, type ScriptBuilder, type Slot, type Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { World } from '../../harness/contracts/world.ts';
import { accept, receive, send } from './calls.ts';
import { P1_POINTERS, p1Docs } from './spec.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1' } as const;
const FILE: World = { preopens: [{ guest: '/', entries: { file: 'hello' } }] };

const CALLS: readonly { name: string; call(s: ScriptBuilder, fd: number | Slot): Step }[] = [
  { name: 'sock_accept', call: (s, fd) => accept(s, fd) },
  { name: 'sock_recv', call: (s, fd) => receive(s, fd, 16).step },
  { name: 'sock_send', call: (s, fd) => send(s, fd, 'hello') },
  { name: 'sock_shutdown', call: (s, fd) => s.call('sock_shutdown', fd, ['wr']) },
];

const RIGHTS =
  'a descriptor of a file does not have the rights to do so either ("notcapable: Capabilities insufficient"), and the text does not say which of the two is told';
const NOT_A_SOCKET = oneOf(RIGHTS, err('notsock'), err('notcapable'));

const KINDS: readonly { id: string; words: string; fd(s: ScriptBuilder): number | Slot }[] = [
  {
    id: 'file',
    words: 'a regular file',
    fd: (s) => s.let(s.call('path_open', 3, [], 'file', [], ['fd_read', 'fd_write'], [], []).value),
  },
  { id: 'directory', words: 'a directory', fd: () => 3 },
  { id: 'stdin', words: 'standard input from the null device', fd: () => 0 },
];

const BAD: readonly { id: string; words: string; fd(s: ScriptBuilder): number | Slot }[] = [
  { id: 'unknown', words: 'that was never opened', fd: () => 99 },
  { id: 'largest', words: 'of the largest number', fd: () => 2 ** 32 - 1 },
  {
    id: 'closed',
    words: 'that was closed',
    fd: (s) => {
      const fd = s.let(s.call('path_open', 3, [], 'file', [], ['fd_read'], [], []).value);
      s.call('fd_close', fd);
      return fd;
    },
  },
];

const cases = (
  list: typeof KINDS,
  prefix: string,
  title: (name: string, words: string) => string,
  expectation: Expectation,
  anchor: string,
): ConformanceCase[] =>
  CALLS.flatMap(({ name, call }) =>
    list.map(({ id, words, fd }) => ({
      ...P1,
      id: `${name}/${prefix}-${id}`,
      title: title(name, words),
      spec: p1Docs(anchor),
      world: id === 'stdin' ? { stdin: 'null' } : FILE,
      script: (s: ScriptBuilder) => s.expect(call(s, fd(s)), expectation),
    })),
  );

const kinds = cases(
  KINDS,
  'on',
  (name, words) => `${name} on ${words} fails: it is no socket`,
  NOT_A_SOCKET,
  'errno.notsock',
);
const bad = cases(
  BAD,
  'bad-fd',
  (name, words) => `${name} on a descriptor ${words} fails with badf`,
  err('badf'),
  'errno.badf',
);

/** Nothing is received, so that a host may see first that there is no socket. */
const places = [
  {
    id: 'misaligned-by-1',
    words: 'one byte off its alignment',
    place: (s: ScriptBuilder) => at`${s.alloc(16)} + 1`,
  },
  { id: 'at-the-end', words: 'at the end of memory', place: () => MEMORY_SIZE },
];

const ORDER =
  'the descriptor is none either, and the text does not say which of the two a host looks at first';

const pointers = CALLS.slice(0, 3).flatMap(({ name }) =>
  places.map(
    ({ id, words, place }): ConformanceCase => ({
      ...P1,
      id: `${name}/result-${id}`,
      title: `${name} on no descriptor with a result place ${words} traps, or fails with badf`,
      spec: P1_POINTERS,
      world: FILE,
      script: (s) => {
        const iovec = s.alloc(8, 4);
        const bad = place(s);
        const args = {
          sock_accept: [99, 0, bad],
          sock_recv: [99, iovec, 1n, 0, bad, s.alloc(4, 4)],
          sock_send: [99, iovec, 1n, 0, bad],
        }[name] as (Slot | number | bigint)[];
        s.expect(s.raw(name, args), oneOf(ORDER, trap(`the result place is ${words}`), err('badf')));
      },
    }),
  ),
);

export const noSocketsP1: ConformanceCase[] = [...kinds, ...bad, ...pointers];
