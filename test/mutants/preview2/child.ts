/** jco's child with a fault planted between guest and host: one trial by argument, or many by message. */

import { readFile } from 'node:fs/promises';
import { flushCompileCache } from 'node:module';
import type { Start as Given } from '../../../runners/jco/child.ts';
import type { LinearMemory } from '../memory.ts';
import { type CoreImports, mutantNamed, withFault } from './plant.ts';

/** What jco's runner tells its own child, and the fault. */
interface Start extends Given {
  /** None: the calls go through a proxy that changes nothing. */
  mutant?: string;
}

interface Instance {
  exports: { memory?: LinearMemory };
}

interface Component {
  instantiate(
    getCore: (path: string) => Promise<WebAssembly.Module>,
    imports: unknown,
    instantiateCore: (module: WebAssembly.Module, imports?: CoreImports) => Promise<Instance>,
  ): Promise<{ run: { run(): void } }>;
}

/** As long as jco's own child gives what the shim still writes. */
const FAREWELL_MS = 5000;

const cores = new Map<string, WebAssembly.Module>();

async function run({ folder, shim, args, env, preopens, network, mutant }: Start): Promise<void> {
  const { instantiate } = (await import(`${folder}/guest.js`)) as Component;
  const { WASIShim } = await import(shim);
  const sandbox = { args: ['guest.wasm', ...args], env, preopens, enableNetwork: network };
  const planted = mutant === undefined ? undefined : mutantNamed(mutant);
  const getCore = async (path: string) => {
    const file = `${folder}/${path}`;
    const core = cores.get(file) ?? (await WebAssembly.compile(await readFile(file)));
    cores.set(file, core);
    return core;
  };
  let memory: LinearMemory = { buffer: new ArrayBuffer(0) };
  // jco makes several core modules of a component; what imports interfaces is the guest itself.
  const instantiateCore = async (module: WebAssembly.Module, imports?: CoreImports) => {
    const isGuest = Object.keys(imports ?? {}).some((name) => name.startsWith('wasi:'));
    const given = isGuest ? withFault(imports!, planted, () => memory) : imports;
    const instance = (await WebAssembly.instantiate(
      module,
      given as unknown as WebAssembly.Imports,
    )) as unknown as Instance;
    if (isGuest) memory = instance.exports.memory ?? memory;
    return instance;
  };
  const imports = new WASIShim({ sandbox }).getImportObject();
  (await instantiate(getCore, imports, instantiateCore)).run.run();
}

const failedByItself = (error: unknown) =>
  error instanceof Error && error.constructor.name === 'ComponentError' && 'payload' in error;

/** As in jco's own child: an exit of the guest ends the instance, since others come after it. */
class Exit extends Error {
  readonly exitCode: number;
  constructor(exitCode: number) {
    super(`exit ${exitCode}`);
    this.exitCode = exitCode;
  }
}

function endOf(error: unknown): { exitCode: number } | { trap: string } {
  if (error instanceof Exit) return { exitCode: error.exitCode };
  return failedByItself(error) ? { exitCode: 1 } : { trap: String(error) };
}

const given = process.argv[2];
if (given) {
  let exitCode = 0;
  try {
    await run(JSON.parse(given) as Start);
  } catch (error) {
    if (!failedByItself(error)) throw error;
    exitCode = 1;
  }
  process.exitCode = exitCode;
  setTimeout(() => process.exit(), FAREWELL_MS).unref();
} else {
  process.exit = (code) => {
    throw new Exit(Number(code ?? 0));
  };
  // Such a child is ended from outside, and what was compiled would be lost.
  let isKept = false;
  const answer = (said: object) => {
    process.send?.(said);
    if (!isKept) flushCompileCache();
    isKept = true;
  };
  process.on('message', (start: Start) => {
    run(start).then(
      () => answer({ exitCode: 0 }),
      (error: unknown) => answer(endOf(error)),
    );
  });
  process.send?.({ ready: true });
}
