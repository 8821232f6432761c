/** Starting other programs (pip, apt-get, a runtime's `--version`) so that each ends in bounded time and fails with one line. */

import { execa } from 'execa';

export interface ChildOptions {
  env: NodeJS.ProcessEnv;
  timeoutMs: number;
  cwd?: string;
  /** The program is ended unless a line like this comes within the time: then what it asks does not answer. */
  answer?: { like: RegExp; withinMs: number };
  /** Told each line of both outputs as it comes. */
  onLine?: (line: string) => void;
}

/** A child that could not be started, failed, or was ended at its deadline; `message` is one line. */
export class ChildError extends Error {
  /** The program is not on PATH: another one may do the same work. */
  readonly notFound: boolean;
  /** It was ended because no answer came. */
  readonly unanswered: boolean;
  /** Both outputs. */
  readonly output: string;

  constructor(message: string, { notFound = false, unanswered = false, output = '' } = {}) {
    super(message);
    this.name = 'ChildError';
    this.notFound = notFound;
    this.unanswered = unanswered;
    this.output = output;
  }
}

const GRACE_MS = 2_000;

/** Runs `file ...args` without stdin and returns its standard output; throws a `ChildError` when it fails or outlives `timeoutMs`. */
export async function runChild(file: string, args: string[], options: ChildOptions): Promise<string> {
  const silence = new AbortController();
  const child = execa(file, args, {
    env: options.env,
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
    timeout: options.timeoutMs,
    forceKillAfterDelay: GRACE_MS,
    // pip and apt-get work through children of their own, which would otherwise outlive the deadline.
    killDescendants: true,
    cancelSignal: silence.signal,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  const answer = options.answer && setTimeout(() => silence.abort(), options.answer.withinMs);
  listen(child, (line) => {
    options.onLine?.(line);
    if (options.answer?.like.test(line)) clearTimeout(answer);
  });
  // A descendant that left the process group survives the kill and keeps the pipes open; execa would wait for it.
  const release = setTimeout(
    () => {
      child.stdout?.destroy();
      child.stderr?.destroy();
    },
    options.timeoutMs + GRACE_MS + 500,
  );
  const result = await child.finally(() => {
    clearTimeout(release);
    clearTimeout(answer);
  });
  if (result.code === 'ENOENT') throw new ChildError(`${file} is not on this machine`, { notFound: true });
  if (result.isCanceled)
    throw new ChildError(`${file} had no answer within ${(options.answer?.withinMs ?? 0) / 1000} s`, {
      unanswered: true,
    });
  if (result.timedOut) throw new ChildError(`${file} was ended after ${options.timeoutMs / 1000} s`);
  if (!result.failed) return result.stdout;
  const status = result.signal === undefined ? `exit code ${result.exitCode ?? result.code}` : result.signal;
  const output = `${result.stdout}\n${result.stderr}`;
  throw new ChildError(`${file} failed (${status}): ${lastWords(output)}`, { output });
}

function listen(child: ReturnType<typeof execa>, onLine: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.on('data', (piece: Buffer | string) => {
      const lines = `${rest}${piece}`.split(/[\r\n]/);
      rest = (lines.pop() ?? '').slice(-10_000);
      for (const line of lines) onLine(line);
    });
  }
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
