/** Owns `--watch`: runs a command again when files change, one at a time, the last change only. */

import { existsSync, type FSWatcher, watch as watchFolder } from 'node:fs';
import { join, sep } from 'node:path';

/** Editors write a file in several steps, and version control many files at once. */
const SETTLE_MS = 150;
/** Written by runs themselves, by installing, or by building. */
const PASSED_OVER = /(?:^|[\\/])(?:node_modules|out|dist|target|\.git)(?:[\\/]|$)|\.tmp$|~$/;

export interface RunAgain {
  /** Starts the command; `ended` settles when it is over, `stop` asks it to end. */
  start(): { ended: Promise<unknown>; stop(): void };
  /** Calls back at each change, until the function it returns is called. */
  watch(changed: (file: string) => void): () => void;
  /** Said when a run is over, and when one begins because of a file. */
  tell(line: string): void;
  signal: AbortSignal;
  /** Calls back once changes have settled; each call takes back the one before. */
  settle?: (callback: () => void) => void;
}

/** Runs the command, and again after each change, until aborted. A run that is overtaken by a change is ended first. */
export async function runAgain({ start, watch, tell, signal, settle = settling() }: RunAgain): Promise<void> {
  let wake = () => {};
  let because: string | undefined;
  let running: ReturnType<RunAgain['start']> | undefined;
  const stop = watch((file) =>
    settle(() => {
      because = file;
      running?.stop();
      wake();
    }),
  );
  const onAbort = () => {
    running?.stop();
    wake();
  };
  signal.addEventListener('abort', onAbort);
  try {
    while (!signal.aborted) {
      because = undefined;
      running = start();
      await running.ended;
      running = undefined;
      if (signal.aborted) break;
      if (because === undefined) {
        tell('waiting for changes; Ctrl-C ends');
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (signal.aborted) resolve();
        });
      }
      if (!signal.aborted) tell(`${because} changed: running again`);
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    stop();
  }
}

function settling(): (callback: () => void) => void {
  let timer: NodeJS.Timeout | undefined;
  return (callback) => {
    clearTimeout(timer);
    timer = setTimeout(callback, SETTLE_MS);
  };
}

export interface WatchedPlace {
  folder: string;
  /** Which file in it; all below it without that. */
  file?: RegExp;
  /** How the folder is called where it is spoken of. */
  shown: string;
}

/** Watches folders with all below them, or single files in them; what is not there is not watched. Returns how to end it. */
export function watchPlaces(places: readonly WatchedPlace[], changed: (file: string) => void): () => void {
  const watchers = places
    .filter(({ folder }) => existsSync(folder))
    .map(({ folder, file, shown }): FSWatcher => {
      const watcher = watchFolder(folder, { recursive: !file }, (_, name) => {
        if (name === null || PASSED_OVER.test(name) || (file && !file.test(name))) return;
        changed(shown === '' ? name : join(shown, name).replaceAll(sep, '/'));
      });
      // A folder that is removed while it is watched is no reason to end.
      return watcher.on('error', () => {});
    });
  return () => {
    for (const watcher of watchers) watcher.close();
  };
}
