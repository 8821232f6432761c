/** Owns preview 1's numbers: a descriptor that the guest was not given is not usable, whatever the runtime's own process holds. */

import type { ScriptBuilder, Slot } from '../../harness/contracts/script.ts';
import { at } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { World } from '../../harness/contracts/world.ts';
import { OUTSIDE, unharmed } from './outside.ts';
import { P1_CAPABILITIES } from './spec.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1', spec: P1_CAPABILITIES } as const;

/** The standard streams are given to every guest. */
const FIRST_NUMBER = 3;
const NUMBERS = 64;
const LARGE = [64, 255, 256, 1023, 1024, 4096, 65_535, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff];
const BADF = 8;

interface Use {
  name: string;
  args(s: ScriptBuilder): (fd: Slot) => (Slot | number | bigint)[];
}

const vector = (s: ScriptBuilder) => {
  const [block, list] = [s.alloc(16), s.alloc(8, 4)];
  s.put(block, 'overwritten!');
  s.store('u32', list, block);
  s.store('u32', at`${list} + 4`, 12);
  return list;
};
const path = (s: ScriptBuilder, text: string) => {
  const place = s.alloc(text.length, 1);
  s.put(place, text);
  return [place, text.length] as const;
};

/** One call of every function that takes a descriptor, with whatever else it needs to succeed on a file or a directory. */
const USES: readonly Use[] = [
  { name: 'fd_advise', args: () => (fd) => [fd, 0n, 0n, 0] },
  { name: 'fd_allocate', args: () => (fd) => [fd, 0n, 64n] },
  { name: 'fd_datasync', args: () => (fd) => [fd] },
  { name: 'fd_fdstat_get', args: (s) => ((place) => (fd) => [fd, place])(s.alloc(24)) },
  { name: 'fd_fdstat_set_flags', args: () => (fd) => [fd, 0] },
  { name: 'fd_fdstat_set_rights', args: () => (fd) => [fd, 0n, 0n] },
  { name: 'fd_filestat_get', args: (s) => ((place) => (fd) => [fd, place])(s.alloc(64)) },
  { name: 'fd_filestat_set_size', args: () => (fd) => [fd, 1n] },
  { name: 'fd_filestat_set_times', args: () => (fd) => [fd, 1n, 2n, 5] },
  {
    name: 'fd_pread',
    args: (s) =>
      (
        ([list, size]) =>
        (fd) => [fd, list, 1, 0n, size]
      )([vector(s), s.alloc(4)]),
  },
  { name: 'fd_prestat_get', args: (s) => ((place) => (fd) => [fd, place])(s.alloc(8)) },
  {
    name: 'fd_pwrite',
    args: (s) =>
      (
        ([list, size]) =>
        (fd) => [fd, list, 1, 0n, size]
      )([vector(s), s.alloc(4)]),
  },
  {
    name: 'fd_read',
    args: (s) =>
      (
        ([list, size]) =>
        (fd) => [fd, list, 1, size]
      )([vector(s), s.alloc(4)]),
  },
  {
    name: 'fd_readdir',
    args: (s) =>
      (
        ([block, size]) =>
        (fd) => [fd, block, 256, 0n, size]
      )([s.alloc(256), s.alloc(4)]),
  },
  { name: 'fd_seek', args: (s) => ((place) => (fd) => [fd, 0n, 0, place])(s.alloc(8)) },
  { name: 'fd_sync', args: () => (fd) => [fd] },
  { name: 'fd_tell', args: (s) => ((place) => (fd) => [fd, place])(s.alloc(8)) },
  {
    name: 'fd_write',
    args: (s) =>
      (
        ([list, size]) =>
        (fd) => [fd, list, 1, size]
      )([vector(s), s.alloc(4)]),
  },
  { name: 'path_create_directory', args: (s) => ((name) => (fd) => [fd, ...name])(path(s, 'made')) },
  {
    name: 'path_open',
    args: (s) =>
      (
        ([name, place]) =>
        (fd) => [fd, 0, ...name, 0, 0n, 0n, 0, place]
      )([path(s, '.'), s.alloc(4)]),
  },
  { name: 'path_unlink_file', args: (s) => ((name) => (fd) => [fd, ...name])(path(s, 'secret')) },
  {
    name: 'sock_recv',
    args: (s) =>
      (
        ([list, size, flags]) =>
        (fd) => [fd, list, 1, 0, size, flags]
      )([vector(s), s.alloc(4), s.alloc(4)]),
  },
  {
    name: 'sock_send',
    args: (s) =>
      (
        ([list, size]) =>
        (fd) => [fd, list, 1, 0, size]
      )([vector(s), s.alloc(4)]),
  },
  { name: 'sock_shutdown', args: () => (fd) => [fd, 3] },
  { name: 'sock_accept', args: (s) => ((place) => (fd) => [fd, 0, place])(s.alloc(4)) },
  { name: 'fd_renumber', args: () => (fd) => [fd, 0] },
  { name: 'fd_close', args: () => (fd) => [fd] },
];

/** Tries numbers one after the other, in a loop, and keeps each errno; then the large ones. */
function tryNumbers(s: ScriptBuilder, { name, args }: Use): void {
  const call = args(s);
  const table = s.alloc(NUMBERS, 1);
  s.loop(NUMBERS - FIRST_NUMBER, (index) => {
    const step = s.raw(name, call(at`${index} + ${FIRST_NUMBER}`));
    s.store('u8', at`${table} + ${index}`, step.result);
  });
  const shown = s.show(table, NUMBERS - FIRST_NUMBER);
  const large = LARGE.map((fd) => s.raw(name, call(s.let({ expression: String(fd) }))));
  s.check('badf for every number', [shown, ...large], ({ values: [first, ...others] }) => {
    const errnos = first?.kind === 'ok' ? [...(first.value as Uint8Array)] : [];
    if (errnos.length !== NUMBERS - FIRST_NUMBER) return 'the numbers were not tried';
    const usable = errnos.flatMap((errno, index) =>
      errno === BADF ? [] : [`${index + FIRST_NUMBER} (errno ${errno})`],
    );
    const wrong = others.flatMap((seen, index) =>
      seen.kind === 'err' && seen.error === 'badf'
        ? []
        : [`${LARGE[index]} (${seen.kind === 'err' ? seen.error : seen.kind})`],
    );
    return [...usable, ...wrong].join(', ') || true;
  });
}

const WORLDS: readonly { id: string; title: string; world: World }[] = [
  {
    id: 'not-given',
    title: 'takes no number that the guest was not given',
    world: { outside: OUTSIDE },
  },
  {
    id: 'inherited',
    title: "reaches no file that the runtime's own process holds open",
    world: { outside: OUTSIDE, inherits: 'secret' },
  },
];

export const descriptorsP1: ConformanceCase[] = WORLDS.flatMap(({ id, title, world }) =>
  USES.map(
    (use): ConformanceCase => ({
      ...P1,
      id: `${use.name}/${id}`,
      title: `${use.name} ${title}: badf for 3 to 63 and large ones`,
      world,
      script: (s) => {
        tryNumbers(s, use);
        unharmed(s);
      },
    }),
  ),
);
