/** Starts the small processes of the harness's own: they know nothing of the user's, and say nothing but by IPC. */

import { type ChildProcess, fork } from 'node:child_process';

/** Starts that file; a child that can't be started shows by its end alone. */
export function forkOwn(file: URL): ChildProcess {
  const child = fork(file, [], {
    // The user's NODE_OPTIONS and this process's own are none of its business.
    ...{ env: {}, execArgv: ['--disable-warning=ExperimentalWarning'], serialization: 'advanced' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // An interruption from the terminal is for the harness to pass on.
    detached: true,
  });
  child.on('error', () => {});
  return child;
}
