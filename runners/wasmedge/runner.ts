/** WasmEdge, interpreting: how it is found, started, and what its endings mean. */

import type { Command, Found, Missing, Runner, Trial } from '../../harness/contracts/runner.ts';
import { classify } from './classify.ts';
import { install } from './recipe.ts';

/** WasmEdge has no switch for the network: a guest's sockets are always the host's. */
function command(trial: Trial, found: Found): Command {
  const preopens = trial.preopens.flatMap(({ host, guest }) => ['--dir', `${guest}:${host}`]);
  const env = Object.entries(trial.env).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  // `--` ends WasmEdge's own options; whatever follows the wasm is the guest's, even when it begins with `-`.
  return { file: found.executable, args: [...preopens, ...env, '--', trial.artifact, ...trial.args] };
}

const runner: Runner = {
  id: 'wasmedge',
  name: 'WasmEdge',
  capabilities: {
    p1: { support: 'native' },
    p2: {
      support: 'none',
      reason: 'WasmEdge loads preview 1 modules only: a preview 2 component fails to load',
    },
    p3: { support: 'none', reason: 'WasmEdge loads preview 1 modules only' },
  },
  install,
  async detect(tools): Promise<Found | Missing> {
    try {
      const located = await tools.locate('wasmedge', 'wasmedge');
      if (!located) return { reason: 'wasmedge is not installed' };
      const answer = await tools.ask(located.path, ['--version']);
      // Lines about plugins follow, each with a version of its own.
      const version = /wasmedge version (\S+)/.exec(answer)?.[1];
      if (version === undefined)
        return { reason: `${located.source}: its --version names no version of WasmEdge` };
      return { version, mode: 'interpreter', executable: located.path, source: located.source };
    } catch (error) {
      return { reason: error instanceof Error ? error.message : String(error) };
    }
  },
  command,
  classify,
};

export default runner;
