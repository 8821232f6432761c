/** Builds the lines of one benchmark: what its call needs, and the line that times it. */

import { createHash } from 'node:crypto';
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
const BATCH_NS = 500_000;

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

/** Writes one benchmark's lines. `key` tells its record and keeps its names apart from other benchmarks'. */
export function buildBench(
  one: LatencyCase | ThroughputCase,
  key: number,
  batches = BATCHES_A_PASS,
): BuiltBench {
  const interfaces = interfacesOf(one.wasi);
  const statements = writeStatements(`k${key}x`);
  const { emit, signatureOf } = makeWriter(one.wasi, statements);
  const timed: string[] = [];
  const time = (...words: string[]) => timed.push(['bench', key, batches, BATCH_NS, ...words].join(' '));
  const timeCall = (name: string, words: Word[], drop: boolean) =>
    time(...(drop ? ['drop'] : []), name, ...words.map(wordText));
  const plainCall = (name: string, words: Word[]) => {
    const result = statements.fresh('r');
    const line = statements.add('call', name, ...words.map(wordText), '->', result);
    const slot = { expression: `$${result}` };
    return { line, result: slot, value: slot, area: { expression: '0' } };
  };
  const builder: BenchBuilder = {
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
    call: (name, ...args) => {
      const signature = signatureOf(name);
      const { words, area } = lowerCall(interfaces, signature, args, emit);
      const step = plainCall(name, words);
      return {
        ...step,
        value: comesBack(interfaces, signature, area) ?? step.value,
        area: area ?? step.area,
      };
    },
    raw: (name, args) => {
      signatureOf(name);
      return plainCall(name, args);
    },
    time: (name, args, options) =>
      timeCall(name, lowerCall(interfaces, signatureOf(name), args, emit).words, options?.drop ?? false),
    timeRaw: (name, args, options) => {
      signatureOf(name);
      timeCall(name, args, options?.drop ?? false);
    },
    cycle: (body) => {
      const lines: string[] = [];
      const add = (name: string, words: Word[]): string => {
        const result = statements.fresh('r');
        lines.push(['call', name, ...words.map(wordText), '->', result].join(' '));
        return result;
      };
      const raw = (name: string, args: Word[]): CycleStep => {
        signatureOf(name);
        const result = { expression: `$${add(name, args)}` };
        return { result, value: result, area: { expression: '0' } };
      };
      body({
        raw,
        call: (name, ...args) => {
          const signature = signatureOf(name);
          const { words, area } = lowerCall(interfaces, signature, args, emit);
          const result = { expression: `$${add(name, words)}` };
          return {
            result,
            value: comesBack(interfaces, signature, area) ?? result,
            area: area ?? { expression: '0' },
          };
        },
        moved: (bytes) => void lines.push(`moved ${wordText(bytes)}`),
        drop: (kind, handle) => void raw(kind.replace('#', '#[resource-drop]'), [handle]),
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
