/** Owns the line by which a call into a guest is timed: the probes' `bench`, with an export and the size of its argument. */

import { createHash } from 'node:crypto';
import type { CallCase } from '../contracts/suite.ts';
import { BATCH_NS, BATCHES_A_PASS, type BuiltBench } from './benchScript.ts';

/** What a line asks for; in later passes it is the key alone. */
export interface CallLine {
  key: number;
  batches: number;
  /** How long a batch lasts at least. */
  batchNs: number;
  export: string;
  argumentBytes: number;
}

const NAME = /^[A-Za-z][\w.:/#@-]*$/;

/** The line that times a case's call. Throws for a name that no export has. */
export function buildCall({ id, call }: CallCase, key: number, batches = BATCHES_A_PASS): BuiltBench {
  if (!NAME.test(call.export))
    throw new TypeError(`benchmark '${id}': '${call.export}' is no name of an export`);
  const what = `${BATCH_NS} ${call.export} ${call.argumentBytes}`;
  const scriptHash = `sha256:${createHash('sha256').update(`call ${what}`).digest('hex')}`;
  return { setup: [], bench: `bench ${key} ${batches} ${what}`, scriptHash };
}

/** Reads a line; in a later pass, when it is but `bench KEY`, what `seen` holds of the first. Throws for any other. */
export function readCall(line: string, seen: ReadonlyMap<number, CallLine>): CallLine {
  const [word, key = '', batches, batchNs, name, bytes] = line.split(' ');
  const numbers = [key, batches, batchNs, bytes].filter((one) => one !== undefined);
  if (word !== 'bench' || !numbers.every((one) => /^\d+$/.test(one)))
    throw new TypeError(`no line that times a call: ${line}`);
  const known = batches === undefined ? seen.get(Number(key)) : undefined;
  if (known) return known;
  if (name === undefined || bytes === undefined)
    throw new TypeError(`there was no such call before: ${line}`);
  return {
    key: Number(key),
    batches: Number(batches),
    batchNs: Number(batchNs),
    export: name,
    argumentBytes: Number(bytes),
  };
}
