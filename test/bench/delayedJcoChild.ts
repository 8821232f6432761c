/** Runs a transpiled component on preview2-shim with the functions of its interfaces wrapped, and busy-waits planted in some of them. */

import { readFile } from 'node:fs/promises';
import type { Start as Given } from '../../runners/jco/child.ts';
import { type Planted, tellWaits, wrap } from './plantedWait.ts';

interface Start extends Given {
  planted: Planted;
}

const { folder, shim, args, env, preopens, network, planted } = JSON.parse(process.argv[2] ?? '{}') as Start;

const { instantiate } = await import(`${folder}/guest.js`);
const { WASIShim } = await import(shim);
const imports = new WASIShim({
  sandbox: { args: ['guest.wasm', ...args], env, preopens, enableNetwork: network },
}).getImportObject() as Record<string, Record<string, unknown> | undefined>;

// The shim gives each interface under its name with and without a version, some as undefined.
const wrapped = Object.fromEntries(
  Object.entries(imports).map(([name, members]) => [
    name,
    Object.fromEntries(
      Object.entries(members ?? {}).map(([member, value]) => {
        const called = `${name.replace(/@.*$/, '')}#${member}`;
        const waitNs = planted[called];
        // Only free functions: resources are classes, which bindings look at.
        return [member, waitNs === undefined ? value : wrap(called, value as () => unknown, waitNs)];
      }),
    ),
  ]),
);
const getCore = async (path: string) => WebAssembly.compile(await readFile(`${folder}/${path}`));
const instance = await instantiate(getCore, wrapped);
(instance.run ?? instance['wasi:cli/run@0.2.0'])?.run();
tellWaits();
// As runners/jco/child.ts: the shim's worker would keep the process.
setTimeout(() => process.exit(), 5000).unref();
