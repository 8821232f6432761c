/** Calls a transpiled component's exports as an application does: jco's own bindings hand the argument over. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CalledGuest, OpenGuest } from '../../harness/contracts/inProcess.ts';

interface Component {
  instantiate(
    getCore: (path: string) => Promise<WebAssembly.Module>,
    imports: object,
  ): Promise<Record<string, unknown>>;
}

const open: OpenGuest = async (artifact): Promise<CalledGuest> => {
  const { instantiate } = (await import(pathToFileURL(join(artifact, 'guest.js')).href)) as Component;
  const getCore = async (path: string) => WebAssembly.compile(await readFile(join(artifact, path)));
  const exports = await instantiate(getCore, {});
  const exported = <Call>(name: string): Call => {
    const found = exports[name];
    if (typeof found !== 'function') throw new TypeError(`the guest exports no function '${name}'`);
    return found as Call;
  };
  return { takingBytes: (name) => exported(name), takingNumber: (name) => exported(name) };
};

export default open;
