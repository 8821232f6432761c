/** Runs preview 1 guests under node:wasi: one given by argument, or one after another as the parent sends them. */

import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';

interface Start {
  artifact: string;
  args: string[];
  env: Record<string, string>;
  preopens: Record<string, string>;
}

const compiled = new Map<string, WebAssembly.Module>();

async function moduleOf(file: string): Promise<WebAssembly.Module> {
  const module = compiled.get(file) ?? (await WebAssembly.compile(await readFile(file)));
  compiled.set(file, module);
  return module;
}

/** Runs a fresh instance to its end and returns its exit code; a trap is thrown. */
async function run({ artifact, args, env, preopens }: Start): Promise<number> {
  const module = await moduleOf(artifact);
  const wasi = new WASI({
    version: 'preview1',
    args: ['guest.wasm', ...args],
    env,
    preopens,
    returnOnExit: true,
  });
  const instance = await WebAssembly.instantiate(module, wasi.getImportObject() as WebAssembly.Imports);
  return wasi.start(instance) as number;
}

const given = process.argv[2];
if (given) {
  process.exitCode = await run(JSON.parse(given) as Start);
} else {
  process.on('message', (start: Start) => {
    run(start).then(
      (exitCode) => process.send?.({ exitCode }),
      (error: unknown) => process.send?.({ trap: String(error) }),
    );
  });
  process.send?.({ ready: true });
}
