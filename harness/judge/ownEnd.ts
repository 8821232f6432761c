/** Judges how a process of a wasm of the user's own ended: well, or as what failure. */

import type { OwnFailure, OwnProcess } from '../contracts/ownWasm.ts';
import type { Runner } from '../contracts/runner.ts';

/** What is shown of each stream. */
const MOST_LINES = 12;
const MOST_CHARACTERS = 2000;

/** Undefined where it ended with exit code 0; else what it came to, with the last of what it wrote. */
export function ownFailure(
  runner: Runner,
  version: string,
  { end, stderr }: OwnProcess,
): OwnFailure | undefined {
  const output = { stdout: lastOf(end.stdoutText ?? ''), stderr: lastOf(stderr) };
  const failed = (kind: OwnFailure['kind'], reason: string, exitCode?: number): OwnFailure => ({
    ...{ runner: runner.id, version, kind, reason, ...output },
    ...(exitCode === undefined ? {} : { exitCode }),
  });
  if (end.startError !== undefined) return failed('not started', end.startError);
  if (end.timedOut) return failed('timeout', 'it did not end in time');
  if (end.flooded) return failed('flood', 'it wrote more than is let through');
  const kind = runner.classify({ ...end, stderrText: stderr });
  if (kind.kind === 'exit')
    return kind.code === 0 ? undefined : failed('exit', `exit code ${kind.code}`, kind.code);
  return failed(kind.kind, `${WORDS[kind.kind]}: ${kind.message}`, end.exitCode);
}

const WORDS = { trap: 'a trap', refused: 'the runtime refused it', crash: 'the runtime failed' } as const;

function lastOf(text: string): string {
  const lines = text.trimEnd().split('\n').slice(-MOST_LINES).join('\n');
  return lines.slice(-MOST_CHARACTERS);
}
