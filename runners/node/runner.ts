/** Node's built-in WASI: preview 1 by uvwasi, in the Node that runs the harness. */

import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import type { ProcessEnd, Runner, Trial } from '../../harness/contracts/runner.ts';

const script = (name: string) =>
  new URL(`./${name}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);
const CHILD = script('child');

function start({ artifact, args, env, preopens, phases }: Trial) {
  return {
    artifact: join(artifact, 'guest.wasm'),
    args,
    env,
    preopens: Object.fromEntries(preopens.map(({ host, guest }) => [guest, host])),
    ...(phases ? { phases } : {}),
  };
}

/** Command of the child without what it is to run; only WASI's ExperimentalWarning is silenced. */
function child(artifact: string, executable: string) {
  return { file: executable, args: ['--disable-warning=ExperimentalWarning', join(artifact, 'child.mjs')] };
}

const runner: Runner = {
  id: 'node',
  name: 'Node.js (node:wasi)',
  capabilities: {
    p1: { support: 'native' },
    p2: { support: 'none', reason: 'node:wasi has no preview 2' },
    p3: { support: 'none', reason: 'node:wasi has no preview 3' },
  },
  detect: () =>
    Promise.resolve({
      version: process.versions.node,
      mode: 'jit',
      executable: process.execPath,
      source: 'the Node that runs wasimeter',
    }),
  prepareKey: () => readableKey,
  async prepare(guest, folder) {
    // Stripping the types at each start would cost 50 ms of the start-up that is measured.
    const source = await readFile(CHILD, 'utf8');
    await writeFile(
      join(folder, 'child.mjs'),
      CHILD.href.endsWith('.ts') ? stripTypeScriptTypes(source) : source,
    );
    await copyFile(guest.file, join(folder, 'guest.wasm'));
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
    wasi: ['p1'],
    otherwise: 'V8 calls exports of core modules only',
  },
};

/** `prepare` copies the child, so its text is part of what it makes. */
const readableKey = await readFile(CHILD, 'utf8');

/** What V8 and node:wasi say of a module before any of it runs. */
const REFUSED =
  /^.*((?:CompileError|LinkError): .*|TypeError: WebAssembly\.instantiate\(\): Import .*|TypeError\b.*"instance\.exports.*)$/m;

/**
 * A trap leaves node:wasi's `start` as a RuntimeError, which ends Node with code 1 and a stack trace; so does what a call raises
 * that the start function makes.
 */
function classify(end: ProcessEnd): ReturnType<Runner['classify']> {
  const trap = /^.*(?:RuntimeError: (.*)|(?:Error: )(wasi\.start\(\) has not been called))$/m.exec(
    end.stderrText,
  );
  if (trap) return { kind: 'trap', message: trap[1] ?? trap[2] ?? trap[0] };
  if (end.signal) return { kind: 'crash', message: `ended by ${end.signal}` };
  const refused = REFUSED.exec(end.stderrText);
  if (refused) return { kind: 'refused', message: refused[1] ?? refused[0] };
  if (/^Node\.js v\d/m.test(end.stderrText))
    return {
      kind: 'crash',
      message: end.stderrText.split('\n').find((line) => /Error/.test(line)) ?? 'uncaught error',
    };
  return { kind: 'exit', code: end.exitCode ?? -1 };
}

export default runner;
