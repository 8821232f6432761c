/** The node runner's child with a fault planted between guest and node:wasi: one trial by argument, or many by message. */

import { readFile } from 'node:fs/promises';
import { flushCompileCache } from 'node:module';
import { WASI } from 'node:wasi';
import type { Start as Given } from '../../../runners/node/child.ts';
import type { LinearMemory } from '../memory.ts';
import { mutantNamed, withFault } from './plant.ts';

interface Start extends Given {
  /** None: the calls go through a proxy that changes nothing. */
  mutant?: string;
}

const compiled = new Map<string, WebAssembly.Module>();

async function moduleOf(file: string): Promise<WebAssembly.Module> {
  const module = compiled.get(file) ?? (await WebAssembly.compile(await readFile(file)));
  compiled.set(file, module);
  return module;
}

async function run({ artifact, args, env, preopens, mutant }: Start): Promise<number> {
  const module = await moduleOf(artifact);
  const wasi = new WASI({
    version: 'preview1',
    args: ['guest.wasm', ...args],
    env,
    preopens,
    returnOnExit: true,
  });
  let memory: LinearMemory = { buffer: new ArrayBuffer(0) };
  const { wasi_snapshot_preview1: functions } = wasi.getImportObject() as {
    wasi_snapshot_preview1: Parameters<typeof withFault>[0];
  };
  const planted = withFault(functions, mutant === undefined ? undefined : mutantNamed(mutant), () => memory);
  const instance = await WebAssembly.instantiate(module, {
    wasi_snapshot_preview1: planted,
  } as unknown as WebAssembly.Imports);
  memory = (instance as unknown as { exports: { memory: LinearMemory } }).exports.memory;
  return wasi.start(instance) as number;
}

const given = process.argv[2];
if (given) {
  process.exitCode = await run(JSON.parse(given) as Start);
} else {
  // Such a child is ended from outside, and what was compiled would be lost.
  let isKept = false;
  const answer = (said: object) => {
    process.send?.(said);
    if (!isKept) flushCompileCache();
    isKept = true;
  };
  process.on('message', (start: Start) => {
    run(start).then(
      (exitCode) => answer({ exitCode }),
      (error: unknown) => answer({ trap: String(error) }),
    );
  });
  process.send?.({ ready: true });
}
