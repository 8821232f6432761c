/** Real pipes between the harness and a guest: Node's own `pipe` is a socket, which guests can tell from one. */

import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, unlinkSync } from 'node:fs';

export interface Pipe {
  /** Descriptors of this process; both block. */
  readEnd: number;
  writeEnd: number;
}

/** Makes a pipe; `path` is free, and free again afterwards. */
export function makePipe(path: string): Pipe {
  execFileSync('mkfifo', [path]);
  // A FIFO's ends wait for each other, unless one is held by somebody who opened it for both.
  const both = openSync(path, constants.O_RDWR);
  try {
    return { readEnd: openSync(path, constants.O_RDONLY), writeEnd: openSync(path, constants.O_WRONLY) };
  } finally {
    closeSync(both);
    unlinkSync(path);
  }
}
