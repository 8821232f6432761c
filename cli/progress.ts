/** Shows what runs and what is left: one living line on a terminal, plain lines elsewhere. Goes to stderr. */

import ora from 'ora';
import type { Progress } from '../harness/execute/execute.ts';

/** Without a terminal a line is printed at the first and last step of a kind, and otherwise at most this often. */
const PLAIN_EVERY_MS = 5000;

export interface ProgressDisplay extends Progress {
  close(): void;
}

/** The display that fits stderr. */
export function showProgress(stream: NodeJS.WriteStream = process.stderr): ProgressDisplay {
  return stream.isTTY ? livingLine(stream) : plainLines(stream);
}

function livingLine(stream: NodeJS.WriteStream): ProgressDisplay {
  // Ctrl-C must stay a signal: discarding stdin would take it.
  const spinner = ora({ stream, discardStdin: false });
  return {
    step: (text, done, total) => {
      spinner.text = `[${done}/${total}] ${text}`;
      if (!spinner.isSpinning) spinner.start();
      // A spinner that turns beside timed processes costs them a little: it is drawn at each step instead.
      spinner.render();
    },
    note: (text) => void spinner.stopAndPersist({ symbol: '·', text }),
    close: () => void spinner.stop(),
  };
}

function plainLines(stream: NodeJS.WriteStream): ProgressDisplay {
  const kinds = new Set<string>();
  let printedAt = 0;
  return {
    step: (text, done, total) => {
      const ownKind = text.split(':')[0]?.split(' ')[0] ?? '';
      const now = performance.now();
      if (kinds.has(ownKind) && done !== total && now - printedAt < PLAIN_EVERY_MS) return;
      kinds.add(ownKind);
      printedAt = now;
      stream.write(`[${done}/${total}] ${text}\n`);
    },
    note: (text) => void stream.write(`${text}\n`),
    close: () => {},
  };
}
