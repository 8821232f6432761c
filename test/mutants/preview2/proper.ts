/**
 * Tells calls that must trap, for a forged handle, a place outside memory or an unknown case, from proper ones. Success without
 * effect is a fault of proper calls: planted in the others it would be found by whoever passes rubbish.
 */

import type { GuestMemory } from '../memory.ts';
import type { Call } from './call.ts';
import type { Cell } from './cell.ts';
import type { Place } from './places.ts';
import type { Signature } from './signature.ts';

/** The handles that the guest holds, as calls gave and took them. */
export class LiveHandles {
  readonly #live = new Set<string>();

  has(resource: string, handle: bigint): boolean {
    return this.#live.has(`${resource} ${handle}`);
  }

  /** Takes account of a call that has been made. */
  note({ isDrop, parameters, results, errors }: Signature, call: Call): void {
    const each = (places: readonly Place[], then: (name: string) => void) => {
      for (const place of places)
        if (place.kind === 'handle')
          for (const cell of place.cells(call)) then(`${place.resource} ${cell.read(4)}`);
    };
    if (isDrop) each(parameters, (name) => this.#live.delete(name));
    each([...results, ...errors], (name) => this.#live.add(name));
  }
}

export function isProper({ parameters, result }: Signature, call: Call, live: LiveHandles): boolean {
  const { memory } = call;
  const lies = (cell: Cell & { address?: number }, size: number, align: number) =>
    cell.address === undefined || lieWithin(memory, cell.address, size, align);
  return (
    (!result || lies(result.cell(call), result.size, result.align)) &&
    parameters.every((place) => place.cells(call).every((cell) => isSound(place, cell, memory, live)))
  );
}

function isSound(place: Place, cell: Cell, memory: GuestMemory, live: LiveHandles): boolean {
  const known = BigInt(place.names.length);
  // A word has room for more than what it stands for.
  const value = () => cell.read('address' in cell ? place.size : 4);
  switch (place.kind) {
    case 'handle':
      return live.has(place.resource, cell.read(4));
    case 'enum':
    case 'option':
    case 'tag':
      return value() < known;
    case 'flags':
      return value() >> known === 0n;
    case 'string':
    case 'list': {
      const [address, count] = [Number(cell.read(4)), Number(cell.at(4, 1).read(4))];
      if (!lieWithin(memory, address, count * place.element, place.align)) return false;
      return place.kind === 'list' || isText(memory.read(address, count));
    }
    default:
      return true;
  }
}

const lieWithin = (memory: GuestMemory, address: number, size: number, align: number) =>
  address % align === 0 && address + size <= memory.size;

function isText(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
