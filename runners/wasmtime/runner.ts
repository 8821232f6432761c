/** Wasmtime, compiling just in time: how it is found, started, and what its endings mean. */

import type { Command, Found, Missing, Runner, Trial } from '../../harness/contracts/runner.ts';
import { classify } from './classify.ts';
import { install } from './recipe.ts';

/**
 * `-C cache=n`: Wasmtime keeps compiled modules in the user's home unless told not to. What is compiled is compiled in every
 * process, so that startup figures hold the compile time that `jit` stands for, and no process finds what another one left.
 */
function command(trial: Trial, found: Found): Command {
  const network = trial.network
    ? ['-Sinherit-network', '-Sallow-ip-name-lookup', ...(trial.guest.wasi === 'p2' ? ['-Shttp'] : [])]
    : [];
  const preopens = trial.preopens.flatMap(({ host, guest }) => ['--dir', `${host}::${guest}`]);
  const env = Object.entries(trial.env).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  // `--` ends Wasmtime's own options; whatever follows the wasm is the guest's, even when it begins with `-`.
  return {
    file: found.executable,
    args: ['run', '-C', 'cache=n', ...network, ...preopens, ...env, '--', trial.artifact, ...trial.args],
  };
}

const runner: Runner = {
  id: 'wasmtime',
  name: 'Wasmtime',
  capabilities: {
    p1: { support: 'native' },
    p2: { support: 'native' },
    p3: { support: 'none', reason: 'wasimeter has no preview 3 probes yet' },
  },
  install,
  async detect(tools): Promise<Found | Missing> {
    try {
      const located = await tools.locate('wasmtime', 'wasmtime');
      if (!located) return { reason: 'wasmtime is not installed' };
      const answer = await tools.ask(located.path, ['--version']);
      const version = /^wasmtime (\S+)/m.exec(answer)?.[1];
      if (version === undefined)
        return { reason: `${located.source}: its --version names no version of Wasmtime` };
      return { version, mode: 'jit', executable: located.path, source: located.source };
    } catch (error) {
      return { reason: error instanceof Error ? error.message : String(error) };
    }
  },
  command,
  classify,
};

export default runner;
