/** A user's wasm as a guest: told apart by its bytes, kept as it was, refused where it is none. */

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../execute/testProcesses.ts';
import { binaryBytes } from '../wasm/sections.ts';
import { loadGuests } from './guests.ts';
import { ownGuest } from './ownGuest.ts';

const MODULE = Buffer.from('0061736d01000000', 'hex');
const COMPONENT = Buffer.from('0061736d0d000100', 'hex');

/** A component that imports an interface by that name. */
function importing(name: string): Uint8Array {
  const payload = Buffer.concat([Buffer.from([1, 0, name.length]), Buffer.from(name), Buffer.from([5, 0])]);
  return binaryBytes({ kind: 'component', header: COMPONENT, sections: [{ id: 10, payload }] });
}

for (const [what, bytes, kind, wasi] of [
  ['a module', MODULE, 'module', 'p1'],
  ['a component without imports', COMPONENT, 'component', 'p2'],
  ['a component of preview 2', importing('wasi:cli/environment@0.2.3'), 'component', 'p2'],
  ['a component of preview 3', importing('wasi:cli/environment@0.3.0'), 'component', 'p3'],
  ['a probe', readFileSync(loadGuests().get('probe-p2-clocks')!.file), 'component', 'p2'],
] as const)
  test(`${what} is one of ${wasi}`, async (t) => {
    const folder = temporaryFolder(t);
    const file = join(folder, 'my own.wasm');
    writeFileSync(file, bytes);
    mkdirSync(join(folder, 'kept'));
    const guest = await ownGuest(file, join(folder, 'kept'));
    assert.deepEqual(
      [guest.kind, guest.wasi, guest.id, guest.name],
      [kind, wasi, 'own-my_own', 'my own.wasm'],
    );
    assert.equal(guest.sizeBytes, bytes.length);
    writeFileSync(file, 'built anew');
    assert.deepEqual(readFileSync(guest.file), Buffer.from(bytes));
    assert.equal(guest.file, join(folder, 'kept', 'my_own.wasm'));
  });

for (const [what, bytes, message] of [
  ['a text', '(module)', /x\.wasm is no WebAssembly: these bytes are neither/],
  ['nothing', '', /is no WebAssembly/],
  [
    'a module cut short',
    Buffer.concat([MODULE, Buffer.from([1, 200])]),
    /is no WebAssembly: wasm ends too early, at byte 10/,
  ],
] as const)
  test(`${what} is refused`, async (t) => {
    const folder = temporaryFolder(t);
    writeFileSync(join(folder, 'x.wasm'), bytes);
    await assert.rejects(ownGuest(join(folder, 'x.wasm'), folder), { name: 'UserError', message });
  });
