/** Owns what cases read out of shown memory, and guarded memory to show. */

import type { Observed } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Slot, type Step } from '../../harness/contracts/script.ts';

/** Stands where nobody should write; no text of a case holds it. */
export const CANARY = 0xa5;
/** On both sides of a guarded place, keeping its alignment. */
const GUARD_BYTES = 16;
/** The most bytes of one block that a record shows. */
const SHOWN_BYTES = 65_536;

/** The bytes of show steps, one after the other. */
export function bytesOf(shown: readonly (Observed | undefined)[]): Buffer {
  return Buffer.concat(
    shown.map((one) =>
      one?.kind === 'ok' && one.value instanceof Uint8Array ? one.value : new Uint8Array(),
    ),
  );
}

export interface Guarded {
  /** Where the callee may write. */
  place: Slot;
  /** Shows the whole, guards included. */
  show(): Step[];
}

/** Memory full of canaries, with guards before and behind. */
export function guarded(s: ScriptBuilder, sizeBytes: number): Guarded {
  const all = Math.ceil(sizeBytes / GUARD_BYTES) * GUARD_BYTES + 2 * GUARD_BYTES;
  const block = s.alloc(all, 16);
  s.fill(block, all, CANARY);
  return {
    place: at`${block} + ${GUARD_BYTES}`,
    show: () => {
      const steps: Step[] = [];
      for (let from = 0; from < all; from += SHOWN_BYTES)
        steps.push(s.show(at`${block} + ${from}`, Math.min(SHOWN_BYTES, all - from)));
      return steps;
    },
  };
}

/** The first `sizeBytes` of a guarded place, or what else was written to. */
export function within(shown: Buffer, sizeBytes: number): Buffer | string {
  const inside = shown.subarray(GUARD_BYTES, GUARD_BYTES + sizeBytes);
  if (inside.length !== sizeBytes) return `${sizeBytes} bytes do not fit the place they were written to`;
  const outside = shown.findIndex(
    (byte, index) => byte !== CANARY && (index < GUARD_BYTES || index >= GUARD_BYTES + sizeBytes),
  );
  return outside < 0 ? inside : `byte ${outside - GUARD_BYTES} of ${sizeBytes} was written to`;
}
