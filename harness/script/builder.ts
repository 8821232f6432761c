/** Builds a case's script: the ScriptBuilder that suites write against, and the expectations they state. */

import type { Expectation, Observed, Said, Seen } from '../contracts/expect.ts';
import { dropOf, type ScriptBuilder, type Slot, type Step, type WasiValue } from '../contracts/script.ts';
import type { WasiVersion } from '../contracts/wasi.ts';
import { comesBack, liftErrno, lowerCall } from './calls.ts';
import { interfacesOf } from './interfaces.ts';
import type { FunctionSignature } from './interfaceTypes.ts';
import type { Emitter } from './lower.ts';
import { type EndRecord, word } from './records.ts';
import { quoted, type StatementWriter, type Word, wordText, writeStatements } from './statements.ts';
import { argumentText } from './words.ts';

/** A recorded statement with what a judge needs to know of it. */
export interface BuiltStep extends Step {
  /** The function called, undefined for other statements. */
  calls?: string;
  /** Of a loop: the functions called inside. */
  callsInside?: readonly string[];
  /** The statement in words: `clock_time_get(99, 0)`. */
  text: string;
  lift(end: EndRecord): Observed;
}

export interface BuiltScript {
  lines: string[];
  steps: BuiltStep[];
  expectations: { step: BuiltStep; expectation: Expectation }[];
  checks: { what: string; steps: BuiltStep[]; test: (seen: Seen) => Said }[];
  /** Whether a check looks at the host's side. */
  looks: boolean;
}

/** The parts of a builder that cases and benchmarks share. */
export interface Writer {
  statements: StatementWriter;
  emit: Emitter;
  /** What a script does besides calling. */
  memory: Pick<ScriptBuilder, 'alloc' | 'put' | 'store' | 'fill' | 'let'>;
  signatureOf(name: string): FunctionSignature;
}

/** A writer for one WASI version; throws for functions its interfaces don't know. */
export function makeWriter(wasi: WasiVersion, statements: StatementWriter): Writer {
  const interfaces = interfacesOf(wasi);
  const emit: Emitter = {
    alloc: (size, align) => {
      const name = statements.fresh('a');
      statements.add('alloc', name, String(size), String(align));
      return { expression: `$${name}` };
    },
    put: (address, bytes) => void statements.add('put', wordText(address), quoted(bytes)),
    store: (type, address, value) => void statements.add('store', type, wordText(address), wordText(value)),
  };
  const signatureOf = (name: string) => {
    const signature = interfaces.find(name);
    if (!signature) throw new TypeError(`${wasi} has no function '${name}'`);
    return signature;
  };
  const memory: Writer['memory'] = {
    alloc: (size, align = 8) => emit.alloc(size, align),
    put: (address, bytes) =>
      emit.put(address, typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes),
    store: (type, address, value) =>
      emit.store(type, address, typeof value === 'number' ? BigInt(value) : value),
    fill: (address, length, byte) =>
      void statements.add('fill', wordText(address), String(length), String(byte)),
    let: (value) => {
      const name = statements.fresh('v');
      statements.add('let', name, wordText(value));
      return { expression: `$${name}` };
    },
  };
  return { statements, emit, memory, signatureOf };
}

/**
 * Runs a case's `script` and returns what it wrote; nothing for a fixture, which has none. Throws a TypeError for unknown functions
 * or unfit arguments.
 */
export function buildScript(wasi: WasiVersion, script: (s: ScriptBuilder) => void = () => {}): BuiltScript {
  const interfaces = interfacesOf(wasi);
  const statements = writeStatements();
  const { emit, memory, signatureOf } = makeWriter(wasi, statements);
  const built: BuiltScript = { lines: [], steps: [], expectations: [], checks: [], looks: false };
  let inLoop = false;
  let inside = new Set<string>();

  const record = (line: number, more: Omit<BuiltStep, 'line'>): BuiltStep => {
    const step = { line, ...more };
    if (!inLoop) built.steps.push(step);
    else if (step.calls !== undefined) inside.add(step.calls);
    return step;
  };
  const none: Slot = { expression: '0' };
  const plain = (text: string, lift: BuiltStep['lift'], ...words: string[]) =>
    record(statements.add(...words), { text, lift, result: none, value: none, area: none });

  const callWords = (name: string, words: Word[], show: [Word, Word][]) => {
    const result = statements.fresh('r');
    const shown = show.flatMap(([address, length]) => ['show', wordText(address), wordText(length)]);
    const line = statements.add('call', name, ...words.map(wordText), '->', result, ...shown);
    return { line, result: { expression: `$${result}` } };
  };
  const raw = (name: string, args: Word[], show: [Slot, Slot | number][] = []) => {
    const signature = signatureOf(name);
    const { line, result } = callWords(name, args, show);
    return record(line, {
      calls: name,
      text: `${name}(${args.map(wordText).join(', ')})`,
      result,
      value: result,
      area: none,
      lift: (end) =>
        liftErrno(interfaces, signature, end) ?? {
          kind: 'ok',
          value: show.length > 0 ? shownBytes(end) : signature.error ? null : (end.r[0] ?? 0n),
        },
    });
  };

  const builder: ScriptBuilder = {
    ...memory,
    call: (name, ...args: WasiValue[]) => {
      const signature = signatureOf(name);
      const lowered = lowerCall(interfaces, signature, args, emit);
      const { line, result } = callWords(name, lowered.words, lowered.show);
      const { area } = lowered;
      return record(line, {
        calls: name,
        text: `${name}(${args.map(argumentText).join(', ')})`,
        result,
        area: area ?? none,
        value: comesBack(interfaces, signature, area) ?? result,
        lift: lowered.lift,
      });
    },
    raw,
    drop: (kind, handle) => raw(dropOf(kind), [handle]),
    show: (address, length) =>
      plain(
        `show(${wordText(address)}, ${wordText(length)})`,
        (end) => ({ kind: 'ok', value: new Uint8Array(Buffer.from(end.m[0]?.[2] ?? '', 'hex')) }),
        'show',
        wordText(address),
        wordText(length),
      ),
    digest: (address, length) =>
      plain(
        `digest(${wordText(address)}, ${wordText(length)})`,
        liftDigest,
        'digest',
        wordText(address),
        wordText(length),
      ),
    loop: (count, body) => {
      const index = statements.fresh('i');
      const line = statements.add('loop', index, wordText(count));
      inLoop = true;
      inside = new Set();
      body({ expression: `$${index}` });
      inLoop = false;
      statements.add('end');
      return record(line, {
        text: `loop(${wordText(count)})`,
        callsInside: [...inside],
        lift: (end) => ({ kind: 'loop', count: Number(end.fields.count ?? 0) }),
        result: none,
        value: none,
        area: none,
      });
    },
    mark: () => plain('mark', liftMark, 'mark'),
    realloc: (mode) => void statements.add('realloc', mode),
    exit: (code) => plain(`exit(${code})`, () => ({ kind: 'ok', value: null }), 'exit', String(code)),
    trap: () => plain('trap', () => ({ kind: 'ok', value: null }), 'trap'),
    expect: (step, expectation) => void built.expectations.push({ step: step as BuiltStep, expectation }),
    check: (what, steps, test) => void built.checks.push({ what, steps: steps as BuiltStep[], test }),
    after: (what, steps, test) => {
      built.looks = true;
      built.checks.push({ what, steps: steps as BuiltStep[], test });
    },
  };
  script(builder);
  built.lines = statements.lines();
  return built;
}

/** What a call's own shows gave, one after the other; memory that does not exist gives nothing. */
function shownBytes(end: EndRecord): Uint8Array {
  return new Uint8Array(Buffer.from(end.m.map(([, , hex]) => hex ?? '').join(''), 'hex'));
}

function liftDigest(end: EndRecord): Observed {
  const { fnv, zeros, run, len } = end.fields;
  return { kind: 'digest', fnv: String(fnv), zeros: Number(zeros), run: Number(run), length: Number(len) };
}

function liftMark(end: EndRecord): Observed {
  return { kind: 'mark', monotonicNs: word(end.fields.mono) ?? 0n, realtimeNs: word(end.fields.real) ?? 0n };
}
