/** Owns what `fd_readdir` writes into buffers of every size, and what each cookie goes on with. */

import { err, ok, oneOf } from '../../harness/contracts/expect.ts';
import { at } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { direntsIn, HEADER_BYTES, openedAgain, shownBytes } from './listing-p1.ts';
import { p1Docs } from './spec.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1', spec: p1Docs('fd_readdir') } as const;
const CANARY = 0xa5;
const ENTRIES = { a: 'one', 'two words': 'two', 'drei-ü': 'three', four: { kind: 'directory' } } as const;
const WORLD = { preopens: [{ guest: '/', entries: ENTRIES }] };
const WHOLE = 512;
/** Beyond two entries, and far enough to have the longest in. */
const SIZES = Array.from({ length: 100 }, (_, size) => size);

const used = (seen: { kind: string; value?: unknown } | undefined) =>
  seen?.kind === 'ok' ? Number(seen.value) : -1;

export const readdirBuffersP1: ConformanceCase[] = [
  {
    ...P1,
    id: 'fd_readdir/every-size',
    title:
      'A buffer too small for all is filled to its end, the last entry cut, and nothing behind it is written',
    world: WORLD,
    script: (s) => {
      const buffer = s.alloc(WHOLE);
      const directory = openedAgain(s);
      const whole = s.call('fd_readdir', directory, buffer, WHOLE, 0n);
      s.expect(whole, ok());
      const all = s.show(buffer, WHOLE);
      const steps = SIZES.flatMap((size) => {
        const block = s.alloc(128);
        s.fill(block, 128, CANARY);
        const call = s.call('fd_readdir', directory, block, size, 0n);
        s.expect(
          call,
          ok(`${size} bytes used`, (value) => value === size),
        );
        return [s.show(block, 128)];
      });
      s.check(
        'each holds the beginning of the whole list and canaries behind',
        [all, ...steps],
        ({ values }) => {
          const [list, ...blocks] = values.map(shownBytes);
          const wrong = SIZES.filter((size, index) => {
            const block = blocks[index] ?? Buffer.alloc(0);
            const begins = list?.subarray(0, size).equals(block.subarray(0, size)) ?? false;
            return !begins || block.length !== 128 || block.subarray(size).some((byte) => byte !== CANARY);
          });
          return wrong.length === 0 || `wrong for buffers of ${wrong.slice(0, 10).join(', ')} bytes`;
        },
      );
    },
  },
  {
    ...P1,
    id: 'fd_readdir/exact-size',
    title: 'A buffer of just the size of all entries holds them all, and one byte less cuts the last',
    world: WORLD,
    script: (s) => {
      const buffer = s.alloc(WHOLE);
      const directory = openedAgain(s);
      const whole = s.call('fd_readdir', directory, buffer, WHOLE, 0n);
      s.expect(
        whole,
        ok(
          'less than the buffer',
          (value) => (value as number) < WHOLE && (value as number) > HEADER_BYTES * 4,
        ),
      );
      const size = s.let(whole.value);
      const exact = s.call('fd_readdir', directory, buffer, size, 0n);
      const less = s.call('fd_readdir', directory, buffer, at`${size} - 1`, 0n);
      s.expect(exact, ok());
      s.expect(less, ok());
      s.check(
        'the sizes are as asked',
        [whole, exact, less],
        ({ values: [a, b, c] }) =>
          (used(b) === used(a) && used(c) === used(a) - 1) || `${used(a)}, then ${used(b)} and ${used(c)}`,
      );
    },
  },
  {
    ...P1,
    id: 'fd_readdir/every-cookie',
    title: 'Reading on at the cookie of each entry gives the entries behind it, and behind the last none',
    spec: p1Docs('dirent.d_next'),
    world: WORLD,
    script: (s) => {
      const buffer = s.alloc(WHOLE);
      const directory = openedAgain(s);
      const whole = s.call('fd_readdir', directory, buffer, WHOLE, 0n);
      s.expect(whole, ok());
      const all = s.show(buffer, WHOLE);
      let offset = s.let({ expression: '0' });
      // Six with the dots; without them the last two go on from zeros behind the list, which nobody looks at.
      const steps = Array.from({ length: 6 }, () => {
        const rest = s.alloc(WHOLE);
        const call = s.call('fd_readdir', directory, rest, WHOLE, at`u64[${buffer} + ${offset}]`);
        s.expect(call, ok());
        offset = s.let(at`${offset} + ${HEADER_BYTES} + u32[${buffer} + ${offset} + 16]`);
        return [call, s.show(rest, WHOLE)];
      }).flat();
      s.check('each list is the rest of the whole', [whole, all, ...steps], ({ values }) => {
        const [size, bytes, ...rests] = values;
        const entries = direntsIn(shownBytes(bytes), used(size));
        if (entries.length < 4) return `there are only ${entries.length} entries`;
        const wrong = entries.filter((_, index) => {
          const rest = direntsIn(shownBytes(rests[index * 2 + 1]), used(rests[index * 2]));
          const names = (list: typeof entries) => list.map(({ name, ino }) => `${name} ${ino}`).join();
          return names(rest) !== names(entries.slice(index + 1));
        });
        return wrong.length === 0 || `wrong behind ${wrong.map(({ name }) => name).join(', ')}`;
      });
    },
  },
  {
    ...P1,
    id: 'fd_readdir/strange-cookie',
    title: 'A cookie that no entry had gives a list, perhaps an empty one, or an error, and no crash',
    spec: p1Docs('fd_readdir.cookie'),
    world: WORLD,
    script: (s) => {
      const why =
        'a cookie is "a reference to the offset of a directory entry"; of one that refers to none the text says nothing, and POSIX on seekdir: "If the value of loc was not obtained from an earlier call to telldir() … the results of subsequent calls to readdir() are unspecified"';
      const any = oneOf(why, ok(), err('inval'), err('noent'), err('overflow'), err('range'));
      const directory = openedAgain(s);
      for (const cookie of [999_999n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n])
        s.expect(s.call('fd_readdir', directory, s.alloc(WHOLE), WHOLE, cookie), any);
    },
  },
];
