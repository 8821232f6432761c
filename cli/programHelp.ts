/** Owns what `wasimeter --help` says behind the commands: examples, environment variables, exit codes. */

import { EXIT, EXIT_MEANINGS } from './exit.ts';

/** Environment variables that the command heeds. */
export const ENVIRONMENT: readonly [name: string, meaning: string][] = [
  ['WASIMETER_<ID>', 'the executable of a runner, e.g. WASIMETER_WASMTIME=/path/to/wasmtime'],
  ['WASIMETER_CACHE', 'where runtimes and prepared guests are kept (out/cache without it)'],
  ['WASIMETER_RELEASES', "a mirror of the releases' announcements (docs/runtimes.md)"],
  ['NO_COLOR', 'no colours'],
  ['FORCE_COLOR', 'colours where there is no terminal, too'],
  ['CI', 'progress as plain lines, on a terminal too'],
  ['GITHUB_ACTIONS', "'true' puts the progress of each phase into a group of the log"],
];

const rows = (pairs: readonly (readonly [string, string])[]) => {
  const width = Math.max(...pairs.map(([name]) => name.length));
  return pairs.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`).join('\n');
};

const codes = (Object.keys(EXIT) as (keyof typeof EXIT)[]).map(
  (name) => [String(EXIT[name]), EXIT_MEANINGS[name]] as const,
);

/** The text behind the list of commands. */
export const PROGRAM_HELP = `
Examples:
  $ wasimeter doctor                              can I measure here?
  $ wasimeter run --install                       everything, missing runtimes brought in
  $ wasimeter run --runner wasmtime --suite clocks
  $ wasimeter time my.wasm -- --size 5            a wasm of your own on all runners
  $ wasimeter gate --baseline wasmtime@48 --candidate wasmtime@49
  $ wasimeter list cases --json
  $ eval "$(wasimeter completion bash)"           completes commands, options and names

Environment variables:
${rows(ENVIRONMENT)}

Exit codes:
${rows(codes)}`;
