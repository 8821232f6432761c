/** Endless input and bottomless output for timed guests: pipes at whose other end a process of its own does nothing else. */

import { spawn } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { makePipe } from './pipe.ts';

/** What `openStreams` needs to know of one stream. */
export interface Pumped {
  given: number;
  started(): void;
  ended(): void;
}

/** A pipe that zeros come out of. */
export function endlessInput(path: string): Pumped {
  const { readEnd, writeEnd } = makePipe(path);
  const zeros = openSync('/dev/zero', 'r');
  const stop = pump(zeros, writeEnd);
  closeSync(zeros);
  closeSync(writeEnd);
  return { given: readEnd, started: () => closeSync(readEnd), ended: stop };
}

/** A pipe that takes everything. */
export function sink(path: string): Pumped {
  const { readEnd, writeEnd } = makePipe(path);
  const nowhere = openSync('/dev/null', constants.O_WRONLY);
  const stop = pump(readEnd, nowhere);
  closeSync(nowhere);
  closeSync(readEnd);
  return { given: writeEnd, started: () => closeSync(writeEnd), ended: stop };
}

/** `cat` goes when the pipe's other end does; it is ended should that be held by somebody left behind. */
function pump(from: number, to: number): () => void {
  const cat = spawn('/bin/cat', [], { env: {}, stdio: [from, to, 'ignore'] });
  // Where there is none, the guest sees the stream's end at once, and its calls fail.
  cat.on('error', () => {});
  return () => void cat.kill('SIGKILL');
}
