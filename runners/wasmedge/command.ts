/** WasmEdge's command line, shared by its modes. */

import type { Command, Found, Trial } from '../../harness/contracts/runner.ts';

/** WasmEdge has no switch for the network: a guest's sockets are always the host's. */
export function command(trial: Trial, found: Found, options: readonly string[] = []): Command {
  const preopens = trial.preopens.flatMap(({ host, guest }) => ['--dir', `${guest}:${host}`]);
  const env = Object.entries(trial.env).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  // `--` ends WasmEdge's own options; whatever follows the wasm is the guest's, even when it begins with `-`.
  return {
    file: found.executable,
    args: [...options, ...preopens, ...env, '--', trial.artifact, ...trial.args],
  };
}
