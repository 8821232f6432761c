/** WasmEdge's command line, shared by its modes. */

import type { Command, Found, Trial } from '../../harness/contracts/runner.ts';

/** WasmEdge has no switch for the network: a guest's sockets are always the host's. */
export function command(trial: Trial, found: Found, options: readonly string[] = []): Command {
  const preopens = trial.preopens.flatMap(({ host, guest, readOnly }) => [
    '--dir',
    `${guest}:${host}${readOnly ? ':readonly' : ''}`,
  ]);
  const env = Object.entries(trial.env).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  // `--` ends WasmEdge's own options; whatever follows the wasm is the guest's, even when it begins with `-`.
  return started(found, [...options, ...preopens, ...env, '--', trial.artifact, ...trial.args]);
}

/** WasmEdge itself, by the loader it came with where it came with one: the script in its place would cost each start a shell. */
export function started({ executable, start }: Found, args: readonly string[]): Command {
  if (!start) return { file: executable, args: [...args] };
  return { file: start.file, args: [...start.args, ...args], ...(start.env ? { env: start.env } : {}) };
}
