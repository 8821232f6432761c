/** A user's runner: node:wasi started by a script of their own, preview 1 only. */

import { fileURLToPath } from 'node:url';
import { defineRunner } from 'wasimeter';

const start = fileURLToPath(new URL('../../start.mjs', import.meta.url));

export default defineRunner({
  id: 'own-node',
  name: 'My own Node',
  capabilities: {
    p1: { support: 'native' },
    p2: { support: 'none', reason: 'node:wasi has no preview 2' },
    p3: { support: 'none', reason: 'node:wasi has no preview 3' },
  },
  detect: () =>
    Promise.resolve({
      version: process.versions.node,
      mode: 'jit',
      executable: process.execPath,
      source: 'the Node that runs wasimeter',
    }),
  command: ({ artifact, args }, { executable }) => ({ file: executable, args: [start, artifact, ...args] }),
  classify: ({ exitCode, signal, stderrText }) => {
    if (signal) return { kind: 'crash', message: `ended by ${signal}` };
    const trap = /^RuntimeError: (.*)$/m.exec(stderrText);
    if (trap) return { kind: 'trap', message: trap[1] ?? '' };
    return { kind: 'exit', code: exitCode ?? -1 };
  },
});
