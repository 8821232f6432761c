/** Shows what runs and what is left: one living line on a terminal, plain lines elsewhere. Goes to stderr. */

import ora from 'ora';
import type { Progress } from '../harness/execute/execute.ts';
import { shown } from './terminal.ts';

/** Without a terminal a line is printed at the first and last step of a kind, and otherwise at most this often. */
const PLAIN_EVERY_MS = 5000;

/** Longer than any run. */
const NEVER_MS = 2 ** 31 - 1;

export interface ProgressDisplay extends Progress {
  phase(title: string): void;
  close(): void;
}

/** The display that fits the stream: GitHub's log gets a group for each phase, which it folds. */
export function showProgress(
  stream: NodeJS.WriteStream = process.stderr,
  env: NodeJS.ProcessEnv = process.env,
): ProgressDisplay {
  // A CI's log may be a terminal by name; nobody watches it live.
  const isWatched = stream.isTTY && env.TERM !== 'dumb' && (env.CI ?? '') === '';
  return isWatched ? livingLine(stream) : plainLines(stream, env.GITHUB_ACTIONS === 'true');
}

function livingLine(stream: NodeJS.WriteStream): ProgressDisplay {
  // Ctrl-C must stay a signal: discarding stdin would take it. A spinner that turns by a timer beside timed processes costs them a little: it
  // is drawn at each step instead.
  const spinner = ora({ stream, discardStdin: false, isEnabled: true, interval: NEVER_MS });
  return {
    step: (text, done, total) => {
      spinner.text = `[${done}/${total}] ${shown(text)}`;
      if (!spinner.isSpinning) spinner.start();
      spinner.render();
    },
    phase: () => {},
    note: (text) => void spinner.stopAndPersist({ symbol: '·', text: shown(text) }),
    close: () => void spinner.stop(),
  };
}

function plainLines(stream: NodeJS.WriteStream, grouped: boolean): ProgressDisplay {
  const kinds = new Set<string>();
  let printedAt = 0;
  let waiting: string | undefined;
  let isOpen = false;
  const write = (line: string) => void stream.write(`${line}\n`);
  const say = (line: string) => write(grouped ? withoutCommand(shown(line)) : shown(line));
  /** A group is begun by its first line: a phase with nothing to do shows none. */
  const begin = () => {
    if (waiting === undefined) return;
    end();
    write(`::group::${waiting}`);
    [waiting, isOpen] = [undefined, true];
  };
  const end = () => {
    if (isOpen) write('::endgroup::');
    isOpen = false;
  };
  return {
    step: (text, done, total) => {
      const ownKind = text.split(':')[0]?.split(' ')[0] ?? '';
      const now = performance.now();
      if (kinds.has(ownKind) && done !== total && now - printedAt < PLAIN_EVERY_MS) return;
      kinds.add(ownKind);
      printedAt = now;
      begin();
      say(`[${done}/${total}] ${text}`);
    },
    phase: (title) => {
      if (grouped) waiting = shown(title);
    },
    note: (text) => {
      begin();
      say(text);
    },
    close: () => {
      waiting = undefined;
      end();
    },
  };
}

/** GitHub takes lines for commands that begin with two colons, and old ones anywhere; what a runtime says must be none. */
function withoutCommand(line: string): string {
  return line.replace(/^\s*::/, '· ::').replaceAll('##[', '## [');
}
