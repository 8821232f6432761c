/** Modules of a size: to the byte, the same each time, and full of functions that engines take. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sizedModule } from './sizedModule.ts';

/** TypeScript's own types of it come with the DOM's. */
const Engine = (globalThis as unknown as { WebAssembly: unknown }).WebAssembly as {
  instantiate(bytes: Uint8Array): Promise<{ instance: { exports: Record<string, unknown> }; module: object }>;
  Module: {
    exports(module: object): { name: string }[];
    customSections(module: object, name: string): ArrayBuffer[];
  };
};

for (const [sizeBytes, least] of [
  [1024, 4],
  [102_400, 600],
  [4_194_304, 27_000],
] as const)
  test(`a module of ${sizeBytes} bytes has at least ${least} functions, each another`, async () => {
    const bytes = sizedModule(sizeBytes);
    assert.equal(bytes.length, sizeBytes);
    assert.ok(Buffer.from(bytes).equals(sizedModule(sizeBytes)));
    const { instance, module } = await Engine.instantiate(bytes);
    assert.deepEqual(
      Engine.Module.exports(module).map(({ name }) => name),
      ['memory', '_start'],
    );
    (instance.exports._start as () => void)();
    const [filling] = Engine.Module.customSections(module, 'filling');
    assert.ok(filling && filling.byteLength < 300, `${filling?.byteLength} bytes are no code`);
    // Code is counted by what it begins with: no locals, local.get 0, i32.const.
    const starts = Buffer.from(bytes).toString('latin1').split('\x00\x20\x00\x41').length - 1;
    assert.ok(starts >= least, `${starts} functions`);
  });

test('where there is no room for a function there is no module', () => {
  assert.throws(() => sizedModule(100), RangeError);
});
