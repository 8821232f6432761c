/** Parses the record lines of a probe out of a trial's stderr; whatever else stands there is the runtime's own text. */

import type { MemoryBlock } from './memory.ts';

export interface EndRecord {
  n: number;
  r: bigint[];
  m: MemoryBlock[];
  /** Everything else the record carries, as parsed. */
  fields: Record<string, unknown>;
}

export interface Transcript {
  /** Clock readings of the probe's first instructions; undefined when it never began. */
  begun?: { probe: string; monotonicNs: bigint; realtimeNs: bigint };
  /** Clock readings at the script's end; undefined when it did not get there. */
  ended?: { monotonicNs: bigint; realtimeNs: bigint };
  /** Lines of statements that began, in order. */
  begins: number[];
  ends: Map<number, EndRecord>;
  /** What the probe said is wrong with the script. */
  scriptError?: { line: number; error: string };
  /** What stood on stderr besides records, at most 16 KiB. */
  otherText: string;
  /** Record lines of this trial that could not be read. */
  damaged: number;
}

const MOST_OTHER_TEXT = 16_384;
const MOST_RECORDS = 200_000;

/**
 * Reads the records with this nonce. Never throws: what a guest or runtime wrote may be anything, and a line that
 * only looks like a record is counted as damaged.
 */
export function parseRecords(stderr: string, nonce: string): Transcript {
  const transcript: Transcript = { begins: [], ends: new Map(), otherText: '', damaged: 0 };
  const other: string[] = [];
  let records = 0;
  for (const line of stderr.split('\n')) {
    const mark = line.slice(0, 2);
    if (
      (mark === '> ' || mark === '< ' || mark === '! ') &&
      line.includes(`"${nonce}"`) &&
      records < MOST_RECORDS
    ) {
      records += 1;
      if (!takeRecord(transcript, mark, line.slice(2), nonce)) transcript.damaged += 1;
    } else if (line !== '') other.push(line);
  }
  transcript.otherText = other.join('\n').slice(0, MOST_OTHER_TEXT);
  return transcript;
}

function takeRecord(transcript: Transcript, mark: string, text: string, nonce: string): boolean {
  let record: Record<string, unknown>;
  try {
    record = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return false;
  }
  const { n, k } = record;
  if (k !== nonce || typeof n !== 'number' || !Number.isInteger(n) || n < 0) return false;
  if (mark === '! ') {
    transcript.scriptError ??= { line: n, error: String(record.error ?? 'unknown').slice(0, 1000) };
    return true;
  }
  if (n === 0) {
    const monotonicNs = word(record.mono);
    const realtimeNs = word(record.real);
    if (monotonicNs === undefined || realtimeNs === undefined) return false;
    if (mark === '> ') transcript.begun ??= { probe: String(record.probe ?? ''), monotonicNs, realtimeNs };
    else transcript.ended ??= { monotonicNs, realtimeNs };
    return true;
  }
  if (mark === '> ') {
    transcript.begins.push(n);
    return true;
  }
  const r = Array.isArray(record.r) ? record.r.map(word) : [];
  const m = Array.isArray(record.m) ? record.m : [];
  if (r.includes(undefined) || !m.every(isBlock)) return false;
  transcript.ends.set(n, { n, r: r as bigint[], m: m as MemoryBlock[], fields: record });
  return true;
}

/** A 64-bit value written as a decimal string. */
export function word(text: unknown): bigint | undefined {
  return typeof text === 'string' && /^\d{1,20}$/.test(text) ? BigInt(text) : undefined;
}

function isBlock(block: unknown): block is MemoryBlock {
  return (
    Array.isArray(block) &&
    block.length === 3 &&
    Number.isInteger(block[0]) &&
    Number.isInteger(block[1]) &&
    (block[2] === null || (typeof block[2] === 'string' && /^([0-9a-f]{2})*$/i.test(block[2])))
  );
}
