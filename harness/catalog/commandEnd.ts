/** What the end of a command runner's process means, of which nothing is known but how runtimes usually end. */

import type { TrapSigns } from '../contracts/config.ts';
import type { EndKind, ProcessEnd, Runner } from '../contracts/runner.ts';

/** How runtimes put a trap into words: the specification's own, and those of common engines. */
const TRAP_WORDS =
  /\bwasm trap\b|\btrap(?:ped)?\b|\bunreachable\b|\bout[ -]of[ -]bounds\b|\bRuntimeError\b|\bdivide by zero\b|\binteger overflow\b|\bundefined element\b|\bindirect call (?:type )?mismatch\b|\bcall stack exhausted\b|\bunaligned\b/i;
/** How runtimes say that they did not begin to run a guest. */
const REFUSAL_WORDS =
  /\b(?:LinkError|CompileError|unknown import|incompatible import|is not exported|magic)\b|\b(?:instantiat|compil|validat|pars|decod|link)(?:e|ing|ion)\b/i;
/** 128 and SIGABRT, as shells count it. */
const ABORT_CODE = 134;
/** What compiled code traps with. SIGSEGV is not among them: without a word about a trap it is the runtime that failed. */
const TRAP_SIGNALS = ['SIGABRT', 'SIGILL', 'SIGTRAP', 'SIGFPE'];
/** Enough to find the words in, and little enough to search. */
const MOST_CHARACTERS = 65_536;

/** Tells exits, traps and crashes apart by the signs the user names, else by the usual ones. */
export function commandClassifier(signs: TrapSigns | undefined): Runner['classify'] {
  const words = signs ? signs.stderr && new RegExp(signs.stderr, 'm') : TRAP_WORDS;
  const codes = signs ? (signs.exitCodes ?? []) : [ABORT_CODE];
  const signals = signs ? [] : TRAP_SIGNALS;
  return (end) => {
    const { exitCode, signal } = end;
    const said = words && exitCode !== 0 ? lineWith(words, end) : undefined;
    const isTrap =
      said !== undefined ||
      (exitCode !== undefined && codes.includes(exitCode)) ||
      (signal !== undefined && signals.includes(signal));
    if (isTrap)
      return { kind: 'trap', message: said ?? (signal ? `ended by ${signal}` : `exit code ${exitCode}`) };
    if (signal !== undefined) return { kind: 'crash', message: `ended by ${signal}` };
    if (exitCode === undefined) return { kind: 'crash', message: 'ended without an exit code' };
    const refusal = exitCode === 0 ? undefined : lineWith(REFUSAL_WORDS, end);
    if (refusal !== undefined) return { kind: 'refused', message: refusal };
    return { kind: 'exit', code: exitCode } satisfies EndKind;
  };
}

/** The line in which the runtime speaks of it. */
function lineWith(words: RegExp, { stderrText }: ProcessEnd): string | undefined {
  const text = stderrText.slice(-MOST_CHARACTERS);
  const found = words.exec(text);
  if (!found) return undefined;
  const begin = text.lastIndexOf('\n', found.index) + 1;
  const end = text.indexOf('\n', found.index);
  return text
    .slice(begin, end < 0 ? undefined : end)
    .trim()
    .slice(0, 300);
}
