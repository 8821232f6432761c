/** Owns preview 1's numbers: a descriptor that the guest was not given is not usable, whatever the runtime's own process holds. */

import { oneOf, trap } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { World } from '../../harness/contracts/world.ts';
import { OUTSIDE, refused, unharmed } from './outside.ts';
import { P1_CAPABILITIES } from './spec.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1', spec: P1_CAPABILITIES } as const;

/** The standard streams are given to every guest. */
const FIRST_NUMBER = 3;
const NUMBERS = 64;
const LARGE = [64, 255, 256, 1023, 1024, 4096, 65_535, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff];

/** What the calls need besides the number to succeed on a file or a directory. */
interface Ground {
  /** A vector of 12 bytes. */
  vector: Slot;
  /** 256 bytes for what comes back, of which 4 are for a size. */
  block: Slot;
  size: Slot;
  /** Pointer and length of a name that is there, and of one that is not. */
  secret: readonly [Slot, number];
  made: readonly [Slot, number];
}

function prepare(s: ScriptBuilder): Ground {
  const name = (text: string) => {
    const place = s.alloc(text.length, 1);
    s.put(place, text);
    return [place, text.length] as const;
  };
  const [bytes, vector] = [s.alloc(16), s.alloc(8, 4)];
  s.put(bytes, 'overwritten!');
  s.store('u32', vector, bytes);
  s.store('u32', at`${vector} + 4`, 12);
  return { vector, block: s.alloc(256), size: s.alloc(4), secret: name('secret'), made: name('made') };
}

type Words = (Slot | number | bigint)[];

/** One call of every function that takes a descriptor; what stands before the number is its name. */
const USES: Readonly<Record<string, (fd: Slot, ground: Ground) => Words>> = {
  fd_advise: (fd) => [fd, 0n, 0n, 0],
  fd_allocate: (fd) => [fd, 0n, 64n],
  fd_close: (fd) => [fd],
  fd_datasync: (fd) => [fd],
  fd_fdstat_get: (fd, { block }) => [fd, block],
  fd_fdstat_set_flags: (fd) => [fd, 0],
  fd_fdstat_set_rights: (fd) => [fd, 0n, 0n],
  fd_filestat_get: (fd, { block }) => [fd, block],
  fd_filestat_set_size: (fd) => [fd, 1n],
  fd_filestat_set_times: (fd) => [fd, 1n, 2n, 5],
  fd_pread: (fd, { vector, size }) => [fd, vector, 1, 0n, size],
  fd_prestat_get: (fd, { block }) => [fd, block],
  fd_pwrite: (fd, { vector, size }) => [fd, vector, 1, 0n, size],
  fd_read: (fd, { vector, size }) => [fd, vector, 1, size],
  fd_readdir: (fd, { block, size }) => [fd, block, 256, 0n, size],
  fd_renumber: (fd) => [fd, 0],
  fd_seek: (fd, { block }) => [fd, 0n, 0, block],
  fd_sync: (fd) => [fd],
  fd_tell: (fd, { block }) => [fd, block],
  fd_write: (fd, { vector, size }) => [fd, vector, 1, size],
  path_create_directory: (fd, { made }) => [fd, ...made],
  path_open: (fd, { secret, block }) => [fd, 0, ...secret, 0, 0n, 0n, 0, block],
  path_unlink_file: (fd, { secret }) => [fd, ...secret],
};

/** Tries the numbers one after the other, in a loop, and keeps each errno; then the large ones. */
function tryNumbers(s: ScriptBuilder, name: string, args: (fd: Slot) => Words): void {
  const table = s.alloc(NUMBERS, 1);
  s.loop(NUMBERS - FIRST_NUMBER, (index) => {
    const step = s.raw(name, args(at`${index} + ${FIRST_NUMBER}`));
    s.store('u8', at`${table} + ${index}`, step.result);
  });
  const shown = s.show(table, NUMBERS - FIRST_NUMBER);
  for (const fd of LARGE) s.expect(s.raw(name, args({ expression: String(fd) })), refused);
  s.check('none of the numbers is usable', [shown], ({ values: [first] }) => {
    const errnos = first?.kind === 'ok' ? [...(first.value as Uint8Array)] : [];
    if (errnos.length !== NUMBERS - FIRST_NUMBER) return 'the numbers were not tried';
    const usable = errnos.flatMap((errno, index) => (errno === 0 ? [index + FIRST_NUMBER] : []));
    return usable.length === 0 || `these are: ${usable.join(', ')}`;
  });
}

const WORLDS: readonly { id: string; title: string; world: World }[] = [
  { id: 'not-given', title: 'takes no number that the guest was not given', world: { outside: OUTSIDE } },
  {
    id: 'inherited',
    title: "reaches no file that the runtime's own process holds open",
    world: { outside: OUTSIDE, inherits: 'secret' },
  },
];

const files = WORLDS.flatMap(({ id, title, world }) =>
  Object.entries(USES).map(
    ([name, words]): ConformanceCase => ({
      ...P1,
      id: `${name}/${id}`,
      title: `${name} ${title}: neither 3 to 63 nor large ones`,
      world,
      script: (s) => {
        const ground = prepare(s);
        tryNumbers(s, name, (fd) => words(fd, ground));
        unharmed(s);
      },
    }),
  ),
);

const SOCKETS: Readonly<Record<string, (fd: number, ground: Ground) => Words>> = {
  sock_accept: (fd, { block }) => [fd, 0, block],
  sock_recv: (fd, { vector, block, size }) => [fd, vector, 1, 0, size, block],
  sock_send: (fd, { vector, size }) => [fd, vector, 1, 0, size],
  sock_shutdown: (fd) => [fd, 3],
};

/** An adapter may have no sockets at all, and traps: that is one call a case, then. */
const sockets = Object.entries(SOCKETS).map(
  ([name, words]): ConformanceCase => ({
    ...P1,
    id: `${name}/not-given`,
    title: `${name} finds no socket where the guest was given none`,
    world: { outside: OUTSIDE, inherits: 'secret' },
    script: (s) => {
      const step = s.raw(name, words(FIRST_NUMBER, prepare(s)));
      s.expect(step, oneOf('a host without sockets may answer in any way', refused, trap('no sockets here')));
      unharmed(s);
    },
  }),
);

export const descriptorsP1: ConformanceCase[] = [...files, ...sockets];
