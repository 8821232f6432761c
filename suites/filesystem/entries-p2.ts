/** Reads preview 2's directory entry streams: single entries, or all of a large directory in one loop. */

import { type Observed, ok } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Slot, type Step } from '../../harness/contracts/script.ts';
import { READ_DIRECTORY_ENTRY } from './functions-p2.ts';

export interface DirectoryEntry {
  type: string;
  name: string;
}

/** The entry that a call returned; nothing at the end. */
export function entryOf(seen: Observed | undefined): DirectoryEntry | undefined {
  if (seen?.kind !== 'ok' || seen.value === null) return undefined;
  return seen.value as unknown as DirectoryEntry;
}

/** So many calls for an entry. */
export function nextEntries(s: ScriptBuilder, stream: Slot, count: number): Step[] {
  return Array.from({ length: count }, () => {
    const step = s.call(READ_DIRECTORY_ENTRY, stream);
    s.expect(step, ok());
    return step;
  });
}

/** The calls listed just these names, each once, and the last one none: the stream had ended. */
export function namesAre(s: ScriptBuilder, steps: readonly Step[], expected: readonly string[]): void {
  s.check(`the entries are ${expected.join(', ') || 'none'}, each once, and no more`, [...steps], (seen) => {
    const names = seen.values.map((value) => entryOf(value)?.name);
    const found = names.filter((name) => name !== undefined).toSorted();
    if (found.join('/') !== expected.toSorted().join('/')) return `they are ${JSON.stringify(names)}`;
    return names.at(-1) === undefined || 'the stream had not ended';
  });
}

/** `result<option<directory-entry>, error-code>`: the result's case, the option's, the type, and where the name is and how long. */
const RESULT_BYTES = 20;
const OPTION = 4;
const NAME = 12;
const LENGTH = 16;
/** More than a record shows. */
const MOST_BYTES = 65_536;

/**
 * Calls once more than there are entries, recorded as one loop, and shows what it left: the results, and all that was handed out for
 * the names, from the first name on.
 */
export function listAll(s: ScriptBuilder, stream: Slot, count: number): Step[] {
  const results = s.alloc((count + 1) * RESULT_BYTES, 4);
  const loop = s.loop(count + 1, (index) => {
    s.raw(READ_DIRECTORY_ENTRY, [stream, at`${results} + ${index} * ${RESULT_BYTES}`]);
  });
  const shown = s.show(results, (count + 1) * RESULT_BYTES);
  // What is allotted next lies behind all names; where there is none, the first one's address is 0 and this far more than is shown.
  const first = at`u32[${results} + ${NAME}]`;
  const bytes = s.let(at`${s.alloc(1, 1)} - ${first}`);
  return [loop, shown, s.show(first, at`${bytes} * (${bytes} < ${MOST_BYTES})`)];
}

/** What `listAll` left: the entries before the first call that returned none or an error, and whether one returned none. */
export function entriesIn(values: readonly (Observed | undefined)[]): {
  entries: DirectoryEntry[];
  ended: boolean;
} {
  const [results, names] = [bytesOf(values[1]), bytesOf(values[2])];
  const entries: DirectoryEntry[] = [];
  const start = results.length >= RESULT_BYTES ? results.readUInt32LE(NAME) : 0;
  for (let offset = 0; offset + RESULT_BYTES <= results.length; offset += RESULT_BYTES) {
    if (results.readUInt8(offset) !== 0) return { entries, ended: false };
    if (results.readUInt8(offset + OPTION) === 0) return { entries, ended: true };
    const from = results.readUInt32LE(offset + NAME) - start;
    const name = names.toString('utf8', from, from + results.readUInt32LE(offset + LENGTH));
    entries.push({ type: String(results.readUInt8(offset + 8)), name });
  }
  return { entries, ended: false };
}

const bytesOf = (seen: Observed | undefined): Buffer =>
  seen?.kind === 'ok' && seen.value instanceof Uint8Array ? Buffer.from(seen.value) : Buffer.alloc(0);
