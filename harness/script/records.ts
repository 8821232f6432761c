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
  /**
   * What the runtime said on stderr, at most 16 KiB: behind this trial's first record where there is one, since before
   * it a warm child may still speak of an earlier trial; Node's own warnings are left out.
   */
  otherText: string;
  /** Record lines of this trial that could not be read, or that say a second time what was said. */
  damaged: number;
}

const MOST_OTHER_TEXT = 16_384;
const MOST_RECORDS = 200_000;
/** Bytes of a block that a record gives in hex at most. */
const MOST_SHOWN_BYTES = 65_536;
const LARGEST_WORD = 2n ** 64n - 1n;
/** They speak of the harness's own process (an experimental feature, a timer too long), not of the guest's call. */
const NODE_WARNING =
  /^\(node:\d+\) .*Warning: |^\(Use `node --trace-(?:warnings|deprecation) \.\.\.` to show where |^Timeout duration was set to 1\.$/;

/**
 * Reads the records with this nonce. Never throws: what a guest or runtime wrote may be anything, and a line that
 * only looks like a record is counted as damaged.
 */
export function parseRecords(stderr: string, nonce: string): Transcript {
  const transcript: Transcript = { begins: [], ends: new Map(), otherText: '', damaged: 0 };
  const other: string[] = [];
  const begun = new Set<number>();
  let records = 0;
  for (const line of stderr.split('\n')) {
    const mark = line.slice(0, 2);
    if (
      (mark === '> ' || mark === '< ' || mark === '! ') &&
      line.includes(`"${nonce}"`) &&
      records < MOST_RECORDS
    ) {
      if (records === 0) other.length = 0;
      records += 1;
      if (!takeRecord(transcript, begun, mark, line.slice(2), nonce)) transcript.damaged += 1;
    } else if (line !== '' && !NODE_WARNING.test(line)) other.push(line);
  }
  transcript.otherText = other.join('\n').slice(0, MOST_OTHER_TEXT);
  return transcript;
}

function takeRecord(
  transcript: Transcript,
  begun: Set<number>,
  mark: string,
  text: string,
  nonce: string,
): boolean {
  let record: Record<string, unknown>;
  try {
    record = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return false;
  }
  if (typeof record !== 'object' || record === null) return false;
  const { n, k } = record;
  if (k !== nonce || typeof n !== 'number' || !Number.isInteger(n) || n < 0) return false;
  if (mark === '! ') {
    transcript.scriptError ??= { line: n, error: textOf(record.error, 'unknown') };
    return true;
  }
  if (n === 0) {
    const monotonicNs = word(record.mono);
    const realtimeNs = word(record.real);
    if (monotonicNs === undefined || realtimeNs === undefined) return false;
    if (transcript[mark === '> ' ? 'begun' : 'ended']) return false;
    if (mark === '> ') transcript.begun = { probe: textOf(record.probe, ''), monotonicNs, realtimeNs };
    else transcript.ended = { monotonicNs, realtimeNs };
    return true;
  }
  if (mark === '> ') {
    if (begun.has(n)) return false;
    begun.add(n);
    transcript.begins.push(n);
    return true;
  }
  // An end without a begin or a second one is none that the probe wrote.
  if (!begun.has(n) || transcript.ends.has(n)) return false;
  const r = Array.isArray(record.r) ? record.r.map(word) : [];
  const m = Array.isArray(record.m) ? record.m : [];
  if (r.includes(undefined) || !m.every(isBlock)) return false;
  transcript.ends.set(n, { n, r: r as bigint[], m: m as MemoryBlock[], fields: record });
  return true;
}

/** A 64-bit value written as a decimal string. */
export function word(text: unknown): bigint | undefined {
  if (typeof text !== 'string' || !/^\d{1,20}$/.test(text)) return undefined;
  const value = BigInt(text);
  return value <= LARGEST_WORD ? value : undefined;
}

/** A field that should be a text. */
function textOf(field: unknown, otherwise: string): string {
  return typeof field === 'string' ? field.slice(0, 1000) : otherwise;
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

function isBlock(block: unknown): block is MemoryBlock {
  if (!Array.isArray(block) || block.length !== 3) return false;
  const [address, length, hex] = block as unknown[];
  if (!isCount(address) || !isCount(length)) return false;
  if (hex === null) return true;
  if (typeof hex !== 'string' || hex.length !== 2 * Math.min(length, MOST_SHOWN_BYTES)) return false;
  return /^[0-9a-f]*$/i.test(hex);
}
