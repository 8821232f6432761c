/** Owns asking for arguments or environment into guarded memory, and reading what was handed out. */

import { ok } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Step } from '../../harness/contracts/script.ts';
import { bytesOf, guarded, within } from './memory.ts';

/** Room for argv[0], whose length is the runtime's to choose. */
const SPARE_BYTES = 4096;
/** Room for one text more than expected, and one. */
const SPARE_TEXTS = 2;

export interface Functions {
  sizes: 'args_sizes_get' | 'environ_sizes_get';
  get: 'args_get' | 'environ_get';
}

export const ARGS: Functions = { sizes: 'args_sizes_get', get: 'args_get' };
export const ENVIRON: Functions = { sizes: 'environ_sizes_get', get: 'environ_get' };

export interface Asked {
  /** What `read` needs, in this order. */
  steps: Step[];
  /** The texts in the order of their pointers, or what is wrong with how they are handed out. */
  read(values: Parameters<typeof bytesOf>[0]): string[] | string;
}

/** Asks for the sizes and the texts, with room for `expected` and some more. */
export function ask(s: ScriptBuilder, { sizes, get }: Functions, expected: readonly string[]): Asked {
  const places = {
    count: guarded(s, 4),
    size: guarded(s, 4),
    pointers: guarded(s, 4 * (expected.length + SPARE_TEXTS)),
    text: guarded(
      s,
      expected.reduce((sum, text) => sum + Buffer.byteLength(text) + 1, SPARE_BYTES),
    ),
  };
  s.expect(s.raw(sizes, [places.count.place, places.size.place]), ok());
  s.expect(s.raw(get, [places.pointers.place, places.text.place]), ok());
  const origin = s.alloc(4, 4);
  s.store('u32', origin, places.text.place);
  const shown = [[s.show(origin, 4)], ...Object.values(places).map((place) => place.show())];
  return {
    steps: shown.flat(),
    read: (values) => {
      let end = 0;
      const blocks = shown.map(({ length }) => {
        end += length;
        return bytesOf(values.slice(end - length, end));
      });
      return textsIn(blocks as [Buffer, Buffer, Buffer, Buffer, Buffer]);
    },
  };
}

function textsIn([origin, counted, sized, pointed, written]: [Buffer, Buffer, Buffer, Buffer, Buffer]) {
  const [count, size] = [within(counted, 4), within(sized, 4)];
  if (typeof count === 'string') return `the count: ${count}`;
  if (typeof size === 'string') return `the size: ${size}`;
  const pointers = within(pointed, 4 * count.readUInt32LE());
  if (typeof pointers === 'string') return `the ${count.readUInt32LE()} pointers: ${pointers}`;
  const text = within(written, size.readUInt32LE());
  if (typeof text === 'string') return `the ${size.readUInt32LE()} bytes of text: ${text}`;
  const texts: string[] = [];
  let used = 0;
  for (let index = 0; index < pointers.length; index += 4) {
    const from = pointers.readUInt32LE(index) - origin.readUInt32LE();
    if (from < 0 || from >= text.length) return `pointer ${index / 4} leads outside the text`;
    const end = text.indexOf(0, from);
    if (end < 0) return `text ${index / 4} does not end with a NUL`;
    texts.push(text.toString('utf8', from, end));
    used += end + 1 - from;
  }
  return used === text.length ? texts : `the texts take ${used} bytes, the size was ${text.length}`;
}
