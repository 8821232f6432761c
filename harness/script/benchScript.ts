/** Builds the script of a timing process: the lines of each benchmark, joined in the order of that process. */

import { createHash } from 'node:crypto';
import type { BenchBuilder, LatencyCase, ThroughputCase } from '../contracts/suite.ts';
import { makeWriter } from './builder.ts';
import { lowerCall } from './calls.ts';
import { interfacesOf } from './interfaces.ts';
import { type Word, wordText, writeStatements } from './statements.ts';

/** Durations of DESIGN's measuring rules: at least 25 batches of about half a millisecond. */
export const BATCHES = 25;
export const BATCH_NS = 500_000;

export interface BuiltBench {
  /** Ends with the `bench` line, its key the case's index. */
  lines: string[];
  /** `sha256:…` of the lines: part of the series' identity. */
  scriptHash: string;
}

/** Writes one benchmark's lines. `key` tells its record and keeps its names apart from other benchmarks'. */
export function buildBench(one: LatencyCase | ThroughputCase, key: number): BuiltBench {
  const interfaces = interfacesOf(one.wasi);
  const statements = writeStatements(`k${key}x`);
  const { emit, signatureOf } = makeWriter(one.wasi, statements);
  let timed = 0;
  const time = (name: string, words: Word[], drop: boolean) => {
    timed += 1;
    const pair = drop ? ['drop'] : [];
    statements.add(
      'bench',
      String(key),
      String(BATCHES),
      String(BATCH_NS),
      ...pair,
      name,
      ...words.map(wordText),
    );
  };
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
      void statements.add('fill', address.expression, String(length), String(byte)),
    call: (name, ...args) => plainCall(name, lowerCall(interfaces, signatureOf(name), args, emit).words),
    raw: (name, args) => {
      signatureOf(name);
      return plainCall(name, args);
    },
    time: (name, args, options) =>
      time(name, lowerCall(interfaces, signatureOf(name), args, emit).words, options?.drop ?? false),
    timeRaw: (name, args, options) => {
      signatureOf(name);
      time(name, args, options?.drop ?? false);
    },
  };
  one.bench(builder);
  if (timed !== 1)
    throw new TypeError(`benchmark '${one.id}' times ${timed} calls; it must time exactly one`);
  const lines = statements.lines();
  // The key differs with the selection of benchmarks, the series must not.
  const stable = lines.map((line) => line.replaceAll(`k${key}x`, 'kx').replace(`bench ${key} `, 'bench '));
  return { lines, scriptHash: `sha256:${createHash('sha256').update(stable.join('\n')).digest('hex')}` };
}

/** Longest script text in bytes that is passed by arguments: preview 1 adapters trap beyond 32 KiB in all. */
export const MOST_ARGUMENT_BYTES = 31 * 1024;
