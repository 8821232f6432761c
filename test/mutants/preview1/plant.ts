/** Stands between a guest and node:wasi: passes every call on, and plants one fault while the script's own calls run. */

import { GuestMemory, type LinearMemory } from '../memory.ts';
import { RECORD_BYTES, recordBegun } from '../recordBegun.ts';
import type { Call, Mutant, Word } from './fault.ts';
import { allMutants } from './operators.ts';
import { signatures } from './signature.ts';

type Functions = Record<string, (...args: Word[]) => number | undefined>;

const STDERR = 2;

/** The fault of that name. Throws where there is none. */
export function mutantNamed(id: string): Mutant {
  const found = allMutants(signatures()).find((mutant) => mutant.id === id);
  if (!found) throw new Error(`there is no mutant '${id}'`);
  return found;
}

/**
 * The functions with the fault planted, none where `mutant` is undefined. The probe's own calls, between a statement's end and
 * the next one's beginning, go through unharmed: its records on stderr tell which those are.
 */
export function withFault(
  functions: Functions,
  mutant: Mutant | undefined,
  memoryOf: () => LinearMemory,
): Functions {
  let isScript = false;
  const kept: Call['kept'] = {};
  const memory = () => new GuestMemory(memoryOf());

  const plant =
    (name: string, real: Functions[string]) =>
    (...given: Word[]) => {
      const args = asNative(given);
      const record =
        name === 'fd_write' && args[0] === STDERR ? recordBegun(textOf(memory(), args)) : undefined;
      if (record !== undefined) {
        isScript = record;
        return real(...args);
      }
      if (!isScript || mutant?.function !== name) return real(...args);
      return mutant.plant({
        args,
        memory: memory(),
        real: (changed = args) => real(...asNative(changed)) ?? 0,
        kept,
      });
    };
  return Object.fromEntries(Object.entries(functions).map(([name, real]) => [name, plant(name, real)]));
}

/**
 * node:wasi takes the calls of wasm that have no 64-bit argument without a detour, and unsigned; what JavaScript passes on is
 * signed. All others take the detour either way.
 */
function asNative(args: readonly Word[]): Word[] {
  const isDirect = args.every((word) => typeof word === 'number');
  return isDirect ? args.map((word) => Number(word) >>> 0) : [...args];
}

/** The first bytes that `fd_write` is given. */
function textOf(memory: GuestMemory, args: readonly Word[]): string {
  const [list, count] = [Number(args[1]), Math.min(Number(args[2]), 16)];
  let text = '';
  for (let index = 0; index < count && text.length < RECORD_BYTES; index += 1) {
    const address = Number(memory.number(list + 8 * index, 4));
    const length = Math.min(RECORD_BYTES, Number(memory.number(list + 8 * index + 4, 4)));
    text += Buffer.from(memory.read(address, length)).toString('latin1');
  }
  return text;
}
