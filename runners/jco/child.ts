/** Runs transpiled components on preview2-shim: one given by argument, or one after another as the parent sends them. */

import { writeSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';

/** What the runner tells of a trial. */
export interface Start {
  /** Folder of the transpiled component. */
  folder: string;
  /** Address of preview2-shim's `instantiation` module: this file is copied away from node_modules. */
  shim: string;
  args: string[];
  env: Record<string, string>;
  preopens: Record<string, string>;
  network: boolean;
  /** To tell what the start consisted of, on standard output at the end. */
  phases?: true;
}

/** Since Node's own process began, in milliseconds. */
const BOOTED_MS = performance.now();

interface Component {
  instantiate(
    getCore: (path: string) => Promise<WebAssembly.Module>,
    imports: unknown,
  ): Promise<{ run?: { run(): void }; 'wasi:cli/run@0.2.0'?: { run(): void } }>;
}

const cores = new Map<string, WebAssembly.Module>();

interface Shim {
  new (options: object): { getImportObject(): unknown };
}

function importsOf(WASIShim: Shim, { args, env, preopens, network }: Start): unknown {
  const sandbox = { args: ['guest.wasm', ...args], env, preopens, enableNetwork: network };
  return new WASIShim({ sandbox }).getImportObject();
}

/** Runs a fresh instance with a fresh shim to its end; a trap, and a failed `run`, is thrown. */
async function run(start: Start): Promise<void> {
  const { folder, shim } = start;
  const { instantiate } = (await import(`${folder}/guest.js`)) as Component;
  const { WASIShim } = await import(shim);
  const imports = importsOf(WASIShim, start);
  const getCore = async (path: string) => {
    const file = `${folder}/${path}`;
    const core = cores.get(file) ?? (await WebAssembly.compile(await readFile(file)));
    cores.set(file, core);
    return core;
  };
  const instance = await instantiate(getCore, imports);
  (instance.run ?? instance['wasi:cli/run@0.2.0'])?.run();
}

/** As `run`, step by step with the clock read between: what it would read and compile on the way is there before. */
async function runInPhases(start: Start): Promise<void> {
  const { folder, shim } = start;
  const marks = [0, BOOTED_MS];
  const done = () => void marks.push(performance.now());
  const { instantiate } = (await import(`${folder}/guest.js`)) as Component;
  const { WASIShim } = await import(shim);
  const paths = (await readdir(folder)).filter((name) => name.endsWith('.wasm'));
  const files = await Promise.all(paths.map((path) => readFile(`${folder}/${path}`)));
  done();
  const modules = await Promise.all(files.map((bytes) => WebAssembly.compile(bytes)));
  done();
  const imports = importsOf(WASIShim, start);
  const instance = await instantiate((path) => Promise.resolve(modules[paths.indexOf(path)]!), imports);
  done();
  (instance.run ?? instance['wasi:cli/run@0.2.0'])?.run();
  done();
  const [boot, read, compile, instantiated, ran] = marks.slice(1).map((mark, index) => mark - marks[index]!);
  const told = JSON.stringify({ boot, read, compile, instantiate: instantiated, run: ran });
  writeSync(1, `\nwasimeter-phases ${told}\n`);
}

/** `run` returning an error is no trap: `wasi:cli/run` documents it as the program's own failure, exit code 1. */
const failedByItself = (error: unknown) =>
  error instanceof Error && error.constructor.name === 'ComponentError' && 'payload' in error;

/** An exit of the guest. The shim ends the process; here, where others come after it, it ends the instance, as a trap does. */
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

/** For what the shim still writes; whatever else keeps the process is left behind. */
const FAREWELL_MS = 5000;

/** Ends the process when all output is written: the shim writes to pipes in the background, and `exit` would cut that off. */
function end(exitCode: number): void {
  process.exitCode = exitCode;
  setTimeout(() => process.exit(), FAREWELL_MS).unref();
}

const given = process.argv[2];
if (given) {
  try {
    const start = JSON.parse(given) as Start;
    await (start.phases ? runInPhases : run)(start);
    end(0);
  } catch (error) {
    if (!failedByItself(error)) throw error;
    end(1);
  }
} else {
  process.exit = (code) => {
    throw new Exit(Number(code ?? 0));
  };
  process.on('message', (start: Start) => {
    run(start).then(
      () => process.send?.({ exitCode: 0 }),
      (error: unknown) => process.send?.(endOf(error)),
    );
  });
  process.send?.({ ready: true });
}
