/** The section editor: what goes through it unchanged, what embedding adds, and wasm that is none. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { embed } from './embed.ts';
import { binaryBytes, parseBinary, reader, s32, u32 } from './sections.ts';

const probe = (id: string) => readFileSync(new URL(`../../guests/prebuilt/${id}.wasm`, import.meta.url));
const text = Buffer.from('nonce=0\nmark');
const refused = { name: 'RangeError' };

for (const id of ['probe-p1', 'probe-p2-clocks'])
  describe(id, () => {
    test('is the same when it was taken apart and put together', () =>
      assert.deepEqual(Buffer.from(binaryBytes(parseBinary(probe(id)))), probe(id)));

    test('has the script added to it and nothing else changed', () => {
      const before = parseBinary(probe(id));
      const made = embed(probe(id), text);
      const after = parseBinary(made);
      const changed = after.sections.filter(
        ({ payload }, index) =>
          !Buffer.from(payload).equals(before.sections[index]?.payload ?? new Uint8Array()),
      );
      assert.equal(after.sections.length, before.sections.length);
      assert.deepEqual(
        changed.map((section) => section.id),
        [before.kind === 'module' ? 11 : 1],
      );
      assert.ok(Buffer.from(made).includes(text));
      assert.ok(made.length - probe(id).length < text.length + 32);
    });

    test('takes as much as there is room for', () => {
      embed(probe(id), Buffer.alloc(65_536, ' '));
      assert.throws(() => embed(probe(id), Buffer.alloc(65_537, ' ')), refused);
      assert.throws(() => embed(probe(id), Buffer.alloc(0)), refused);
    });

    test('cut short anywhere is refused, never misread', () => {
      for (const length of [0, 4, 8, 9, 100, 5000, probe(id).length - 1])
        assert.throws(() => embed(probe(id).subarray(0, length), text), refused, `${length} bytes`);
    });
  });

test('a module with a script in it compiles', async () => {
  await WebAssembly.compile(new Uint8Array(embed(probe('probe-p1'), text)));
});

test('a wasm without a place for a script is refused', () => {
  const empty = Buffer.from('0061736d01000000', 'hex');
  assert.throws(() => embed(empty, text), /exports no wasimeter_embedded/);
  assert.throws(() => embed(Buffer.from('0061736d0d000100', 'hex'), text), /none of the component's modules/);
  assert.throws(() => embed(Buffer.from('no wasm at all'), text), /neither a core module nor a component/);
});

test('numbers come back as they were written', () => {
  for (const value of [0, 1, 63, 64, 127, 128, 8191, 8192, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1]) {
    assert.equal(reader(Buffer.from(u32(value))).u32(), value);
    assert.equal(reader(Buffer.from(s32(value))).s32() >>> 0, value);
  }
  for (const value of [-1, -64, -65, -8192, -(2 ** 31)])
    assert.equal(reader(Buffer.from(s32(value))).s32(), value);
  assert.throws(() => reader(Buffer.from([0xff, 0xff, 0xff, 0xff, 0x7f])).u32(), refused);
  assert.throws(() => reader(Buffer.from([0x80, 0x80, 0x80, 0x80, 0x80, 0x00])).u32(), refused);
});
