/**
 * Stands between a guest's core module and what jco makes of preview 2 for it: passes every call on, and plants one fault while
 * the script's own calls run. At this border calls have the canonical ABI's names and words, drops are calls like others, and no
 * object of preview2-shim's is touched: what it demands of its resources' identity holds as without.
 */

import { GuestMemory, type LinearMemory } from '../memory.ts';
import { RECORD_BYTES, recordBegun } from '../recordBegun.ts';
import type { Call, Mutant } from './call.ts';
import type { Word } from './cell.ts';
import { allMutants } from './operators.ts';
import { isProper, LiveHandles } from './proper.ts';
import { type Signature, signatures } from './signature.ts';

type CoreFunction = (...args: Word[]) => Word | undefined;
export type CoreImports = Record<string, Record<string, CoreFunction>>;

const GET_STDERR = 'wasi:cli/stderr#get-stderr';
const WRITE = 'wasi:io/streams#[method]output-stream.blocking-write-and-flush';

export interface Planted {
  mutant: Mutant;
  signature: Signature;
}

const known = new Map<string, Planted>();

/** The fault of that name. Throws where there is none. */
export function mutantNamed(id: string): Planted {
  const planted = known.get(id) ?? look(id);
  known.set(id, planted);
  return planted;
}

function look(id: string): Planted {
  const signature = signatures().find(({ name }) => id.startsWith(`${name}/`));
  const mutant = signature && allMutants([signature]).find((one) => one.id === id);
  if (!mutant) throw new Error(`there is no mutant '${id}'`);
  return { mutant, signature };
}

/** A core module's imports, by `wasi:` interface and function, with the fault planted; none where `planted` is undefined. */
export function withFault(
  imports: CoreImports,
  planted: Planted | undefined,
  memoryOf: () => LinearMemory,
): CoreImports {
  let isScript = false;
  /** The probe's own stream for records, which it gets before anything else. */
  let records: Word | undefined;
  const kept: Call['kept'] = {};
  const live = new LiveHandles();
  const functions = new Map<string, CoreFunction>();
  const known = new Map(planted ? signatures().map((signature) => [signature.name, signature]) : []);

  /** Whether what is written there begins or ends a statement of the script's. */
  const follow = (name: string, args: Word[]) => {
    if (name !== WRITE || args[0] !== records) return;
    const length = Math.min(Number(args[2]), RECORD_BYTES);
    const bytes = new GuestMemory(memoryOf()).read(Number(args[1]), length);
    isScript = recordBegun(Buffer.from(bytes).toString('latin1')) ?? isScript;
  };

  const callOf = (args: Word[], real: CoreFunction, signature: Signature): Call => {
    const make = (made: CoreFunction) => {
      const returned = made(...call.args);
      call.returned = returned === undefined ? [] : [returned];
    };
    const call: Call = {
      args: [...args],
      memory: new GuestMemory(memoryOf()),
      real: () => make(real),
      instead: (other) => make(functions.get(other)!),
      returned: [...signature.nothing],
      isProper: () => isProper(signature, call, live),
      kept,
    };
    return call;
  };

  const plant = (name: string, real: CoreFunction): CoreFunction => {
    functions.set(name, real);
    const signature = known.get(name);
    return (...args) => {
      follow(name, args);
      const isRecord = name === WRITE && args[0] === records;
      let returned: Word | undefined;
      if (!planted || !signature) returned = real(...args);
      else {
        const call = callOf(args, real, signature);
        if (isScript && !isRecord && name === planted.mutant.function) planted.mutant.plant(call);
        else call.real();
        // A drop that was forgotten leaves the handle as it was.
        if (!signature.isDrop || name !== planted.mutant.function) live.note(signature, call);
        returned = call.returned[0];
      }
      if (name === GET_STDERR) records ??= returned;
      return returned;
    };
  };

  return Object.fromEntries(
    Object.entries(imports).map(([instance, members]) => [
      instance,
      Object.fromEntries(
        Object.entries(members).map(([field, real]) => [
          field,
          // What jco notes on its functions stays on them.
          Object.assign(plant(`${instance.replace(/@.*$/, '')}#${field}`, real), real),
        ]),
      ),
    ]),
  );
}
