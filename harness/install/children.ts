/** Starting other programs (pip, apt-get, a runtime's `--version`) so that each ends in bounded time and fails with one line. */

import { execa } from 'execa';

export interface ChildOptions {
  env: NodeJS.ProcessEnv;
  timeoutMs: number;
  cwd?: string;
}

/** A child that could not be started, failed, or was ended at its deadline; `message` is one line. */
export class ChildError extends Error {
  /** The program is not on PATH: another one may do the same work. */
  readonly notFound: boolean;

  constructor(message: string, notFound = false) {
    super(message);
    this.name = 'ChildError';
    this.notFound = notFound;
  }
}

const GRACE_MS = 2_000;

/** Runs `file ...args` without stdin and returns its standard output; throws a `ChildError` when it fails or outlives `timeoutMs`. */
export async function runChild(file: string, args: string[], options: ChildOptions): Promise<string> {
  const child = execa(file, args, {
    env: options.env,
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
    timeout: options.timeoutMs,
    forceKillAfterDelay: GRACE_MS,
    // pip and apt-get work through children of their own, which would otherwise outlive the deadline.
    killDescendants: true,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  // A descendant that left the process group survives the kill and keeps the pipes open; execa would wait for it.
  const release = setTimeout(
    () => {
      child.stdout?.destroy();
      child.stderr?.destroy();
    },
    options.timeoutMs + GRACE_MS + 500,
  );
  const result = await child.finally(() => clearTimeout(release));
  if (result.code === 'ENOENT') throw new ChildError(`${file} is not on this machine`, true);
  if (result.timedOut) throw new ChildError(`${file} was ended after ${options.timeoutMs / 1000} s`);
  if (!result.failed) return result.stdout;
  const status = result.signal === undefined ? `exit code ${result.exitCode ?? result.code}` : result.signal;
  throw new ChildError(`${file} failed (${status}): ${lastWords(`${result.stdout}\n${result.stderr}`)}`);
}

/** The line of a program's output that says why it failed, without addresses: reasons end up in published reports. */
export function lastWords(output: string): string {
  const lines = output
    .split('\n')
    // biome-ignore lint/complexity/useRegexLiterals: the escape character is clearer spelled out
    .map((line) => line.replace(new RegExp('\u001b\\[[0-9;]*[A-Za-z]', 'g'), '').trim())
    .filter((line) => line !== '');
  const line = lines.find((text) => /^(E:|ERROR:?|error:)\s/.test(text)) ?? lines.at(-1) ?? 'it said nothing';
  return line
    .replace(/[a-z+]+:\/\/\S+/gi, '(address)')
    .replace(/host='[^']*'/g, 'host=(address)')
    .slice(0, 240);
}

/** What a runner's `detect` may ask with: `file ...args` for at most 10 s. */
export async function askExecutable(file: string, args: string[]): Promise<string> {
  return runChild(file, args, { env: { ...process.env, LC_ALL: 'C' }, timeoutMs: 10_000 });
}
