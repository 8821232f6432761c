/** What the end of a `wasmtime run` process means, read from its exit code and from what it says on stderr. */

import type { EndKind, ProcessEnd } from '../../harness/contracts/runner.ts';

/** The first line of Wasmtime's report when the module was loaded and then failed to instantiate or run. */
const RUN_FAILED = /Error: failed to run main module `/;

/** Beginnings of its reports about a file that never became a module, or a folder that could not be granted. */
const LOAD_FAILED =
  /^Error: (failed to (?:compile|parse|open|read|load)\b.*|failed deserialization(?= for: )|running a precompiled module requires .*|(?:un)?expected .*(?=\n\s*--> )|No such file or directory.*)/m;

/** Those of them that say nothing about the guest. */
const UNREAD = /^(?:failed (?:to (?:open|read)\b|deserialization)|running a precompiled module|No such file)/;

/** Refusals of its own command line. */
const USAGE = /^error: (.*)[\s\S]*^Usage: wasmtime run/m;

/** A frame of a wasm backtrace (`0x35 - module!function`), or what Wasmtime adds below one. */
const FRAME = /^(?:(?:0x[0-9a-f]+ - )?[^ ]*!|note: using the |at )/;

/**
 * Exit codes alone don't tell: 1 is a guest's exit as well as a trap that the host raised (a pointer out of bounds, a
 * handle dropped twice), and 134 is Wasmtime's code for a wasm trap as well as a component's `exit-with-code(134)`.
 * Wasmtime always explains what it raised, and is silent when the guest exits.
 */
export function classify(end: ProcessEnd): EndKind {
  if (end.signal !== undefined) return { kind: 'crash', message: `Wasmtime was ended by ${end.signal}` };
  if (end.exitCode === undefined) return { kind: 'crash', message: 'Wasmtime ended without an exit code' };
  if (end.exitCode === 0) return { kind: 'exit', code: 0 };
  const run = RUN_FAILED.exec(end.stderrText);
  if (run) return classifyReport(end.stderrText.slice(run.index));
  const load = LOAD_FAILED.exec(end.stderrText) ?? USAGE.exec(end.stderrText);
  if (load) {
    const message = withoutFile([load[1]!, ...causesOf(end.stderrText).slice(-1)]);
    return { kind: UNREAD.test(load[1]!) || !load[0].startsWith('Error: ') ? 'crash' : 'refused', message };
  }
  return { kind: 'exit', code: end.exitCode };
}

/** A trap is what happened while wasm ran: in the command's function, an initializer, a start function or a data segment. */
function classifyReport(report: string): EndKind {
  const causes = causesOf(report);
  const last = causes.at(-1) ?? report.split('\n')[0]!;
  const trap = causes.find((cause) => cause.startsWith('wasm trap: '));
  if (trap !== undefined) return { kind: 'trap', message: trap.slice('wasm trap: '.length) };
  const ranWasm = causes.some((cause) =>
    /^(?:failed to invoke |error while executing at wasm backtrace)/.test(cause),
  );
  if (ranWasm) return { kind: 'trap', message: last };
  return { kind: 'refused', message: withoutFile(causes.length > 0 ? causes.slice(0, 2) : [last]) };
}

/** Where the guest's file lies on this machine is of no use to a reader. */
function withoutFile(parts: string[]): string {
  return parts.join(': ').replace(/ (?:"[^"]*"|`\/[^`]*`)/, '');
}

/** The list under `Caused by:`, outermost first, without the frames of backtraces. */
function causesOf(report: string): string[] {
  const start = report.indexOf('Caused by:');
  if (start < 0) return [];
  const lines = report.slice(start + 'Caused by:'.length).split('\n');
  return lines
    .map((line) => line.replace(/^\s*(?:\d+:)? ?/, '').trim())
    .filter((line) => line !== '' && !FRAME.test(line));
}
