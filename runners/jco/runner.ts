/** jco: components transpiled to JavaScript, on preview2-shim, in the Node that runs the harness. */

import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type {
  DetectTools,
  Found,
  Missing,
  ProcessEnd,
  Runner,
  Trial,
} from '../../harness/contracts/runner.ts';

const script = (name: string) =>
  new URL(`./${name}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);
const CHILD = script('child');
const PREPARE = script('prepare');
const [CHILD_TEXT, PREPARE_TEXT] = await Promise.all([readFile(CHILD, 'utf8'), readFile(PREPARE, 'utf8')]);
/** Node says that stripping types is experimental. */
const QUIET = ['--disable-warning=ExperimentalWarning'];
const JCO = '@bytecodealliance/jco';
const SHIM = '@bytecodealliance/preview2-shim/instantiation';

function start({ artifact, args, env, preopens, network, phases }: Trial) {
  return {
    folder: artifact,
    shim: import.meta.resolve(SHIM),
    args,
    env,
    preopens: Object.fromEntries(preopens.map(({ host, guest }) => [guest, host])),
    network,
    ...(phases ? { phases } : {}),
  };
}

function child(artifact: string, executable: string) {
  return { file: executable, args: [join(artifact, 'child.mjs')] };
}

const runner: Runner = {
  id: 'jco',
  name: 'jco',
  capabilities: {
    p1: { support: 'adapter', reason: 'through the preview 1 component adapter' },
    p2: { support: 'native' },
    p3: { support: 'none', reason: 'wasimeter has no preview 3 probes yet' },
  },
  detect,
  // The shim answers io from a worker thread: 25 to 40 us a call where both threads share a CPU, 120 to 250 where one wakes the
  // other's. V8 goes on optimizing it through the first hundred milliseconds.
  timing: { oneCpu: true, passes: 16 },
  prepareKey: () => PREPARE_TEXT + CHILD_TEXT,
  async prepare(guest, folder, found, tools) {
    const args = [guest.file, guest.kind, folder, fileURLToPath(CHILD)];
    await tools.run({ file: found.executable, args: [...QUIET, fileURLToPath(PREPARE), ...args] });
    return folder;
  },
  command(trial, found) {
    const { file, args } = child(trial.artifact, found.executable);
    return { file, args: [...args, JSON.stringify(start(trial))] };
  },
  warm: { command: (artifact, found) => child(artifact, found.executable), message: start },
  provides: ['phases'],
  classify,
  inProcess: {
    module: script('calls'),
    wasi: ['p2'],
    otherwise: 'jco calls exports of components: a core module that is a plug-in has none',
  },
};

/** Versions of jco and its shim as installed; both decide what is measured. */
async function detect(_tools: DetectTools): Promise<Found | Missing> {
  try {
    const [jco, shim] = await Promise.all([versionOf(JCO), versionOf('@bytecodealliance/preview2-shim')]);
    return {
      version: `${jco} (preview2-shim ${shim}, Node ${process.versions.node})`,
      mode: 'transpiled',
      executable: process.execPath,
      source: 'node_modules',
    };
  } catch (error) {
    // Node's message names folders of the user's, and reasons are published.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    return { reason: `jco is not installed; npm install ${JCO} @bytecodealliance/preview2-shim` };
  }
}

/** The version in a package's package.json, found from its entry upwards since `exports` hides the file itself. */
async function versionOf(name: string): Promise<string> {
  let folder = dirname(fileURLToPath(import.meta.resolve(name)));
  for (;;) {
    const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '{}');
    const found = JSON.parse(text) as { name?: string; version?: string };
    if (found.name === name && found.version) return found.version;
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`no package.json of ${name}`);
    folder = parent;
  }
}

/** A trap ends Node with code 1 and a stack trace; so does a fault of the transpiled code. */
function classify(end: ProcessEnd): ReturnType<Runner['classify']> {
  const error = /^(?:Uncaught )?(?:\[?)((?:\w*Error)\b.*)$/m.exec(end.stderrText);
  const uncaught = /^Node\.js v\d/m.test(end.stderrText);
  if (error && uncaught) return { kind: 'trap', message: (error[1] ?? '').slice(0, 500) };
  if (end.signal) return { kind: 'crash', message: `ended by ${end.signal}` };
  if (uncaught) return { kind: 'crash', message: end.stderrText.slice(0, 500) };
  return { kind: 'exit', code: end.exitCode ?? -1 };
}

export default runner;
