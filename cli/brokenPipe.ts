/** Owns what happens when nobody reads on, or what was said can't be written. */

import { EXIT } from './exit.ts';

/**
 * A reader that has enough, as `head`, ends the command quietly; output that can't be written for another reason (a full disk) is
 * failed infrastructure.
 */
export function mindPipes(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT.fine);
    console.error(`wasimeter: standard output cannot be written: ${error.message}`);
    process.exit(EXIT.usage);
  });
  // Progress that nobody watches is no reason to stop.
  process.stderr.on('error', () => {});
}
