/** Runs a transpiled component once, with a fresh shim. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { WASIShim } from '@bytecodealliance/preview2-shim/instantiation';

interface Transpiled {
  instantiate(
    core: (path: string) => Promise<WebAssembly.Module>,
    imports: unknown,
  ): Promise<{ run: { run(): void } }>;
}

const [folder, ...args] = process.argv.slice(2) as [string, ...string[]];
const component = (await import(pathToFileURL(join(folder, 'probe.js')).href)) as Transpiled;
const shim = new WASIShim({ sandbox: { args: ['probe', ...args], env: {}, enableNetwork: false } });
const core = (path: string) => WebAssembly.compile(readFileSync(join(folder, path)));
const { run } = await component.instantiate(core, shim.getImportObject());
run.run();
