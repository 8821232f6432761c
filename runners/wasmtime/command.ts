/** Wasmtime's command line, shared by its modes. */

import type { Command, Found, Trial } from '../../harness/contracts/runner.ts';

/**
 * `-C cache=n`: Wasmtime keeps compiled modules in the user's home unless told not to. What is compiled is compiled in every
 * process, so that startup figures hold the compile time that `jit` stands for, and no process finds what another one left.
 */
export function command(trial: Trial, found: Found, options: readonly string[] = []): Command {
  const network = trial.network
    ? ['-Sinherit-network', '-Sallow-ip-name-lookup', ...(trial.guest.wasi === 'p2' ? ['-Shttp'] : [])]
    : [];
  const preopens = trial.preopens.flatMap(({ host, guest }) => ['--dir', `${host}::${guest}`]);
  const env = Object.entries(trial.env).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  const own = ['run', '-C', 'cache=n', ...options, ...network, ...preopens, ...env];
  // `--` ends Wasmtime's own options; whatever follows the wasm is the guest's, even when it begins with `-`.
  return { file: found.executable, args: [...own, '--', trial.artifact, ...trial.args] };
}
