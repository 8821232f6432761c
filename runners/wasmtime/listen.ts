/** Wasmtime's older implementation of preview 1, which alone hands a listening socket to a guest, to modules only. */

import type { Command, Found, RunnerMode, Trial } from '../../harness/contracts/runner.ts';

/** The last release with that implementation: https://github.com/bytecodealliance/wasmtime/pull/13108 took it away. */
const LAST_RELEASE = 46;

/** Adds the older implementation, and the socket where the trial has one, to Wasmtime's own command line. */
export function listenMode(plain: (trial: Trial, found: Found) => Command): RunnerMode {
  return {
    title: 'older preview 1 implementation, with a listening socket',
    mode: 'jit',
    capabilities: {
      p1: { support: 'native' },
      p2: { support: 'none', reason: "Wasmtime's older implementation runs preview 1 modules only" },
      p3: { support: 'none', reason: "Wasmtime's older implementation runs preview 1 modules only" },
    },
    provides: ['listen'],
    lacks: ({ version }) =>
      Number.parseInt(version, 10) > LAST_RELEASE
        ? `Wasmtime ${version} hands in no listening socket: ${LAST_RELEASE} was the last release that did (wasmtime+listen@${LAST_RELEASE})`
        : undefined,
    command: (trial, found) => {
      const { file, args } = plain(trial, found);
      const [run = 'run', ...rest] = args;
      const listen = trial.listen ? [`-Stcplisten=${trial.listen.host}:${trial.listen.port}`] : [];
      return { file, args: [run, '-Spreview2=n', ...listen, ...rest] };
    },
  };
}
