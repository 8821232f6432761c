/** Looks up functions and types in guests/interfaces/*.json, made from the WIT and witx by the guests' generator. */

import { readFileSync } from 'node:fs';
import type { WasiVersion } from '../contracts/wasi.ts';
import type { FunctionSignature, InterfaceFile, Type } from './interfaceTypes.ts';

const FILES: Partial<Record<WasiVersion, string>> = { p1: 'preview1.json', p2: 'preview2.json' };

export interface Interfaces {
  wasi: WasiVersion;
  /** The function of that name, or undefined. */
  find(name: string): FunctionSignature | undefined;
  names(): string[];
  /** Follows references and aliases to the type's own shape. */
  resolve(type: Type): Exclude<Type, { kind: 'ref' } | { kind: 'alias' }>;
}

const loaded = new Map<WasiVersion, Interfaces>();

/** The interfaces of one WASI version; throws for a version without a file. */
export function interfacesOf(wasi: WasiVersion): Interfaces {
  const known = loaded.get(wasi);
  if (known) return known;
  const name = FILES[wasi];
  if (!name) throw new Error(`there is no interface file for ${wasi}`);
  const file = JSON.parse(
    readFileSync(new URL(`../../guests/interfaces/${name}`, import.meta.url), 'utf8'),
  ) as InterfaceFile;
  const made = makeInterfaces(wasi, file);
  loaded.set(wasi, made);
  return made;
}

/** Indexes an interface file. */
export function makeInterfaces(wasi: WasiVersion, file: InterfaceFile): Interfaces {
  const functions = new Map(file.functions.map((signature) => [signature.name, signature]));
  const resolve: Interfaces['resolve'] = (type) => {
    let seen = type;
    while (typeof seen === 'object' && (seen.kind === 'ref' || seen.kind === 'alias')) {
      if (seen.kind === 'alias') {
        seen = seen.type;
        continue;
      }
      const target = file.types[seen.name];
      if (!target)
        throw new Error(`interface file of ${wasi}: type ${seen.name} is referred to but not defined`);
      seen = target;
    }
    return seen;
  };
  return { wasi, find: (name) => functions.get(name), names: () => [...functions.keys()], resolve };
}
