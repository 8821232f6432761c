/** WasmEdge with its LLVM compiler: ahead of time, and just in time. */

import { join } from 'node:path';
import type { Found, RunnerMode } from '../../harness/contracts/runner.ts';
import { classifyCompiled } from './classify.ts';
import { command, started } from './command.ts';

/** As a user would: `-O2` for the very processor, with the guest itself beside the code in a universal wasm. */
const COMPILE = ['compile'];

/**
 * Since 0.17.0 WasmEdge interprets unless told by `--run-mode`, a compiled file too; before, it ran a file's compiled code
 * unasked. https://github.com/WasmEdge/WasmEdge/issues/5169
 */
const hasRunMode = (found: Found) => isAtLeast(found, 17);

export const aot: RunnerMode = {
  title: 'compiled ahead of time',
  mode: 'aot',
  prepareKey: () => COMPILE.join(' '),
  async prepare(guest, folder, found, tools) {
    const compiled = join(folder, `${guest.id}.aot.wasm`);
    await tools.run(started(found, [...COMPILE, '--', guest.file, compiled]));
    return compiled;
  },
  command: (trial, found) => command(trial, found, hasRunMode(found) ? ['--run-mode=aot'] : []),
  classify: classifyCompiled,
};

export const jit: RunnerMode = {
  title: 'compiled just in time',
  mode: 'jit',
  // At its usual level the compiler's progress stands on stdout before the guest's own output.
  command: (trial, found) =>
    command(trial, found, hasRunMode(found) ? ['--run-mode=jit', '--log-level=warning'] : ['--enable-jit']),
  classify: classifyCompiled,
  lacks: (found) =>
    isAtLeast(found, 14) ? undefined : `WasmEdge ${found.version} has no JIT; it came with 0.14.0`,
};

/** Whether a version is 0.MINOR or later. */
function isAtLeast({ version }: Found, minor: number): boolean {
  const [major = 0, own = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return major > 0 || own >= minor;
}
