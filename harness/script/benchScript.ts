/** Builds the lines of one benchmark: what its call needs, and the line that times it. */

import { createHash } from 'node:crypto';
import { dropOf, type Slot, type WasiValue } from '../contracts/script.ts';
import type { BenchBuilder, CycleStep, LatencyCase, ThroughputCase } from '../contracts/suite.ts';
import { makeWriter } from './builder.ts';
import { comesBack, lowerCall } from './calls.ts';
import { interfacesOf } from './interfaces.ts';
import { type Word, wordText, writeStatements } from './statements.ts';

/**
 * A process goes through its benchmarks in several passes of a few batches each, 25 batches in all unless its runner asks for more passes: the batches of one call lie
 * apart in time, so that a slow spell seldom covers them all, and the later ones meet code that the host has compiled to the end.
 */
export const PASSES = 5;
export const BATCHES_A_PASS = 5;
/** About half a millisecond a batch. */
export const BATCH_NS = 500_000;

export interface BuiltBench {
  /** What the timed call needs, run once a process. */
  setup: string[];
  /** The `bench` line, with a cycle's lines behind it; in later passes `benchAgain` does. */
  bench: string;
  /** `sha256:…` of the lines: part of the series' identity. */
  scriptHash: string;
}

/** The line of a later pass: the probe has the rest from the first one. */
export const benchAgain = (key: number) => `bench ${key}`;

/** Where the result of a call lies that comes back in a word. */
const NOWHERE: Slot = { expression: '0' };

/** Writes one benchmark's lines. `key` tells its record and keeps its names apart from other benchmarks'. */
export function buildBench(
  one: LatencyCase | ThroughputCase,
  key: number,
  batches = BATCHES_A_PASS,
): BuiltBench {
  const interfaces = interfacesOf(one.wasi);
  const statements = writeStatements(`k${key}x`);
  const { emit, memory, signatureOf } = makeWriter(one.wasi, statements);
  const timed: string[] = [];
  const time = (...words: string[]) => timed.push(['bench', key, batches, BATCH_NS, ...words].join(' '));
  const timeCall = (name: string, words: Word[], drop = false) =>
    time(...(drop ? ['drop'] : []), name, ...words.map(wordText));
  /** A call's words, and what it leaves once the name of its result is known. */
  const lower = (name: string, args: readonly WasiValue[]) => {
    const signature = signatureOf(name);
    const { words, area } = lowerCall(interfaces, signature, args, emit);
    const leaves = (result: Slot) => ({
      ...{ result, value: comesBack(interfaces, signature, area) ?? result },
      area: area ?? NOWHERE,
    });
    return { words, leaves };
  };
  const callWords = (name: string, words: Word[]) => {
    const result = statements.fresh('r');
    return {
      line: ['call', name, ...words.map(wordText), '->', result],
      result: { expression: `$${result}` },
    };
  };
  const setUp = (name: string, words: Word[]) => {
    const { line, result } = callWords(name, words);
    return { line: statements.add(...line), result };
  };
  const builder: BenchBuilder = {
    ...memory,
    call: (name, ...args) => {
      const { words, leaves } = lower(name, args);
      const { line, result } = setUp(name, words);
      return { line, ...leaves(result) };
    },
    raw: (name, args) => {
      signatureOf(name);
      const { line, result } = setUp(name, args);
      return { line, result, value: result, area: NOWHERE };
    },
    time: (name, args, options) => timeCall(name, lower(name, args).words, options?.drop),
    timeRaw: (name, args, options) => {
      signatureOf(name);
      timeCall(name, args, options?.drop);
    },
    cycle: (body) => {
      const lines: string[] = [];
      const add = (name: string, words: Word[]): Slot => {
        const { line, result } = callWords(name, words);
        lines.push(line.join(' '));
        return result;
      };
      const raw = (name: string, args: Word[]): CycleStep => {
        signatureOf(name);
        const result = add(name, args);
        return { result, value: result, area: NOWHERE };
      };
      body({
        raw,
        call: (name, ...args) => {
          const { words, leaves } = lower(name, args);
          return leaves(add(name, words));
        },
        moved: (bytes) => void lines.push(`moved ${wordText(bytes)}`),
        drop: (kind, handle) => void raw(dropOf(kind), [handle]),
      });
      time(['cycle', ...lines, 'end'].join('\n'));
    },
  };
  one.bench(builder);
  const [bench] = timed;
  if (bench === undefined || timed.length > 1)
    throw new TypeError(
      `benchmark '${one.id}' times ${timed.length} calls; it must time exactly one, or one cycle of them`,
    );
  const setup = statements.lines();
  // Key and number of batches differ with selection and profile, the series must not.
  const stable = [...setup, bench].map((line) =>
    line.replaceAll(`k${key}x`, 'kx').replace(`bench ${key} ${batches} `, `bench ${BATCHES_A_PASS} `),
  );
  const scriptHash = `sha256:${createHash('sha256').update(stable.join('\n')).digest('hex')}`;
  return { setup, bench, scriptHash };
}
