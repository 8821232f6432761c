/** What the end of a `wasmedge` process means, read from its exit code and from what it says. */

import type { EndKind, ProcessEnd } from '../../harness/contracts/runner.ts';

/** A line of WasmEdge's own log, which goes to stdout, right behind whatever the guest wrote there. */
const LOGGED =
  /\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+\] \[error\] (loading|validation|instantiation|execution) failed: ([^\n]*?)(?:, Code: 0x[0-9a-f]+)?(?:\n|$)/;

/** Which import it was that failed to link, in a line after the one above. */
const LINKED = /When linking module: "([^"]*)" , function name: "([^"]*)"/;

/** A module that it finds nothing to start in, on stderr or in its log, with exit code 1. */
const NOTHING_TO_START =
  /A function name is required when reactor mode is enabled\.|function `[^`\n]*` expects \d+ argument\(s\), got \d+/;

/** Refusals of its command line, on stderr with exit code 1. */
const MISUSED = /unknown option: .*/;

const WASM_TRAP_CODE = 134;

/**
 * WasmEdge ends with 134 on a trap in the command's function and with 1 when loading, validating or instantiating
 * fails, a trap in the start function included; a guest may exit with either code, and then nothing is logged.
 */
export function classify(end: ProcessEnd): EndKind {
  if (end.signal !== undefined) return { kind: 'crash', message: `WasmEdge was ended by ${end.signal}` };
  if (end.exitCode === undefined) return { kind: 'crash', message: 'WasmEdge ended without an exit code' };
  if (end.exitCode === 1 || end.exitCode === WASM_TRAP_CODE) {
    const logged = LOGGED.exec(end.stdoutText ?? '');
    if (logged) {
      const [, phase, message = ''] = logged;
      if (phase === 'execution') return { kind: 'trap', message };
      const linked = LINKED.exec(end.stdoutText ?? '');
      const name = linked ? ` ${linked[1]}::${linked[2]}` : '';
      // A file that it can't read says nothing about the guest.
      const kind = /invalid path|read error/.test(message) ? 'crash' : 'refused';
      return { kind, message: `${phase} failed: ${message}${name}` };
    }
    const nothing = NOTHING_TO_START.exec(`${end.stderrText}\n${end.stdoutText ?? ''}`);
    if (nothing) return { kind: 'refused', message: nothing[0] };
    const misused = MISUSED.exec(end.stderrText);
    if (misused) return { kind: 'crash', message: misused[0] };
  }
  // Without stdout the guest's own exit(134) can't be told from a trap, which is by far the likelier.
  if (end.exitCode === WASM_TRAP_CODE && end.stdoutText === undefined) {
    return { kind: 'trap', message: 'wasm trap (exit code 134)' };
  }
  return { kind: 'exit', code: end.exitCode };
}

/** What WasmEdge logs, as a warning or less, when it can't do as it was told and interprets. */
const INTERPRETED =
  /\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+\] \[(?:info|warning|error)\] +([^\n]*(?:use interpreter\s+mode instead|falling back to interpreter)[^\n]*)/i;

/**
 * The same for a compiled guest. Its traps end as interpreted ones do, but a stack overflow ends WasmEdge itself, by SIGSEGV.
 * A guest that was interpreted after all is a crash: its result would stand under the wrong name.
 */
export function classifyCompiled(end: ProcessEnd): EndKind {
  const interpreted = INTERPRETED.exec(end.stdoutText ?? '');
  if (interpreted)
    return { kind: 'crash', message: `WasmEdge interpreted it: ${interpreted[1]}`.slice(0, 500) };
  return classify(end);
}
