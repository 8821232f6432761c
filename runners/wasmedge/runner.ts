/** WasmEdge, interpreting: how it is found, started, and what its endings mean. */

import type { Found, Missing, Runner } from '../../harness/contracts/runner.ts';
import { classify } from './classify.ts';
import { command } from './command.ts';
import { aot, jit } from './modes.ts';
import { install } from './recipe.ts';

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
  provides: ['read-only'],
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
      const { path: executable, source, start } = located;
      return { version, mode: 'interpreter', executable, source, ...(start ? { start } : {}) };
    } catch (error) {
      return { reason: error instanceof Error ? error.message : String(error) };
    }
  },
  // Interpreted, a hundred thousand calls take seconds; what they come to is the same.
  conformance: 'aot',
  command: (trial, found) => command(trial, found),
  classify,
  inProcess: {
    reason:
      'WasmEdge is called in-process by its library (C, Rust, Go): wasimeter starts its command line only',
  },
  modes: { aot, jit },
};

export default runner;
