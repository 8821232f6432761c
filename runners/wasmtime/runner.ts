/** Wasmtime, compiling just in time: how it is found, started, and what its endings mean. */

import type { Found, Missing, Runner } from '../../harness/contracts/runner.ts';
import { aot } from './aot.ts';
import { classify } from './classify.ts';
import { command } from './command.ts';
import { listenMode } from './listen.ts';
import { install } from './recipe.ts';

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
  // Compiling the probe anew takes ten times as long as all the rest of a trial.
  conformance: 'aot',
  command: (trial, found) => command(trial, found),
  classify,
  inProcess: {
    reason:
      'Wasmtime is called in-process by its library (Rust, C, Python): wasimeter starts its command line only',
  },
  modes: { aot, listen: listenMode((trial, found) => command(trial, found)) },
};

export default runner;
