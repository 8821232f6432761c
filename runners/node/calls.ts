/** Calls a core module's exports as a host does that has no components: the argument is copied into the guest's memory, then the call. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CalledGuest, OpenGuest } from '../../harness/contracts/inProcess.ts';

type Export = (...values: number[]) => number;

const open: OpenGuest = async (artifact): Promise<CalledGuest> => {
  const module = await WebAssembly.compile(await readFile(join(artifact, 'guest.wasm')));
  const { exports } = await WebAssembly.instantiate(module, {});
  const memory = exports.memory as unknown as { buffer: ArrayBuffer };
  const exported = (name: string): Export => {
    const found = exports[name];
    if (typeof found !== 'function') throw new TypeError(`the guest exports no function '${name}'`);
    return found as Export;
  };
  const allocate = exported('cabi_realloc');
  // Memory that grows has another buffer.
  let view = new Uint8Array(memory.buffer);
  return {
    takingBytes: (name) => {
      const call = exported(name);
      return (bytes) => {
        const at = allocate(0, 0, 1, bytes.length);
        if (view.buffer !== memory.buffer) view = new Uint8Array(memory.buffer);
        view.set(bytes, at);
        return call(at, bytes.length);
      };
    },
    takingNumber: exported,
  };
};

export default open;
