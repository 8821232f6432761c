/** Owns what Ctrl-C does: the first asks the command to end, a second one ends it. */

import { EXIT } from './exit.ts';

/** Aborted at the first Ctrl-C or TERM; a second one ends the command at once. */
export function onInterrupt(): AbortController {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(EXIT.interrupted);
      controller.abort();
    });
  return controller;
}
