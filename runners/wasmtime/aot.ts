/** Wasmtime compiling ahead of time: `wasmtime compile` once for each guest, its `.cwasm` loaded at every start. */

import { join } from 'node:path';
import type { RunnerMode } from '../../harness/contracts/runner.ts';
import { command } from './command.ts';

/** Only what keeps the user's own cache out of the figure: the code is what `wasmtime run` would make of the guest. */
const COMPILE = ['compile', '-C', 'cache=n'];

/**
 * Without `--target` Wasmtime compiles to the very processor. A `.cwasm` names only the major version it was made by and is
 * run by any of its releases; the cache's key, which holds the whole version, keeps them apart.
 */
export const aot: RunnerMode = {
  title: 'compiled ahead of time',
  mode: 'aot',
  prepareKey: () => COMPILE.join(' '),
  async prepare(guest, folder, found, tools) {
    const compiled = join(folder, `${guest.id}.cwasm`);
    await tools.run({ file: found.executable, args: [...COMPILE, '-o', compiled, '--', guest.file] });
    return compiled;
  },
  command: (trial, found) => command(trial, found, ['--allow-precompiled']),
};
