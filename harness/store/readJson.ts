/** Reads JSON that somebody else may have written: bounded, and never with a field that could change prototypes. */

import { readFile, stat } from 'node:fs/promises';
import type * as z from 'zod';
import { UserError } from '../contracts/failure.ts';

/** A full run of all runtimes takes some 10 MiB. */
const MOST_BYTES = 256 * 2 ** 20;

/** The file's document. Throws a UserError where it can't be read, is no JSON, is too large, or has a field `__proto__`. */
export async function readJson(file: string): Promise<unknown> {
  let json: unknown;
  try {
    const { size } = await stat(file);
    if (size > MOST_BYTES) throw new Error(`${size} bytes, more than any run has`);
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UserError(`${file} cannot be read as JSON: ${(error as Error).message}`, { cause: error });
  }
  const polluting = pathOfProto(json);
  if (polluting) throw new UserError(`${file}: ${polluting}: a field of this name is never a run's`);
  return json;
}

/** What a schema found wrong first, with the field's path. */
export function shapeTrouble(file: string, { issues: [issue] }: z.ZodError): UserError {
  return new UserError(
    `${file}: ${issue?.path.join('.') || 'the document'}: ${issue?.message ?? 'not as it should be'}`,
  );
}

/** Where a document has a field `__proto__`, which whoever copies it field by field would take for the prototype. */
function pathOfProto(json: unknown): string | undefined {
  const open: { value: unknown; path: string }[] = [{ value: json, path: '' }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    for (const [name, value] of Object.entries(next.value)) {
      const path = next.path ? `${next.path}.${name}` : name;
      if (name === '__proto__') return path;
      open.push({ value, path });
    }
  }
  return undefined;
}
