/** Runs preview 1 guests under node:wasi: one given by argument, or one after another as the parent sends them. */

import { writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';

/** What the runner tells of a trial. */
export interface Start {
  artifact: string;
  args: string[];
  env: Record<string, string>;
  preopens: Record<string, string>;
  /** To tell what the start consisted of, on standard output at the end. */
  phases?: true;
}

/** Since Node's own process began, in milliseconds. */
const BOOTED_MS = performance.now();

const compiled = new Map<string, WebAssembly.Module>();

async function moduleOf(file: string): Promise<WebAssembly.Module> {
  const module = compiled.get(file) ?? (await WebAssembly.compile(await readFile(file)));
  compiled.set(file, module);
  return module;
}

async function instantiated(module: WebAssembly.Module, { args, env, preopens }: Start) {
  const wasi = new WASI({
    version: 'preview1',
    args: ['guest.wasm', ...args],
    env,
    preopens,
    returnOnExit: true,
  });
  const instance = await WebAssembly.instantiate(module, wasi.getImportObject() as WebAssembly.Imports);
  return { wasi, instance };
}

/** Runs a fresh instance to its end and returns its exit code; a trap is thrown. */
async function run(start: Start): Promise<number> {
  const module = await moduleOf(start.artifact);
  const { wasi, instance } = await instantiated(module, start);
  return wasi.start(instance) as number;
}

/** As `run`, step by step with the clock read between. */
async function runInPhases(start: Start): Promise<number> {
  const marks = [0, BOOTED_MS];
  const done = () => void marks.push(performance.now());
  const bytes = await readFile(start.artifact);
  done();
  const module = await WebAssembly.compile(bytes);
  done();
  const { wasi, instance } = await instantiated(module, start);
  done();
  const exitCode = wasi.start(instance) as number;
  done();
  const [boot, read, compile, instantiate, ran] = marks.slice(1).map((mark, index) => mark - marks[index]!);
  writeSync(1, `\nwasimeter-phases ${JSON.stringify({ boot, read, compile, instantiate, run: ran })}\n`);
  return exitCode;
}

const given = process.argv[2];
if (given) {
  const start = JSON.parse(given) as Start;
  process.exitCode = await (start.phases ? runInPhases : run)(start);
} else {
  process.on('message', (start: Start) => {
    run(start).then(
      (exitCode) => process.send?.({ exitCode }),
      (error: unknown) => process.send?.({ trap: String(error) }),
    );
  });
  process.send?.({ ready: true });
}
