/** The prebuilt guests, each checked against guests.lock.json before it may run. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { UserError } from '../contracts/failure.ts';
import type { Guest } from '../contracts/guest.ts';

const GUESTS = new URL('../../guests/', import.meta.url);

const lockSchema = z.object({
  schema: z.literal('wasimeter/guests@1'),
  guests: z.array(
    z.object({
      id: z.string(),
      wasi: z.enum(['p1', 'p2', 'p3']),
      kind: z.enum(['module', 'component']),
      file: z.string().regex(/^prebuilt\/[\w.-]+\.wasm$/),
      wasmSha256: z.string(),
    }),
  ),
});

/** The guests by id. Throws a UserError for a wasm whose bytes are not those the lock names. */
export function loadGuests(folder = GUESTS): Map<string, Guest> {
  const lock = readLock(new URL('guests.lock.json', folder));
  return new Map(
    lock.guests.map(({ id, wasi, kind, file, wasmSha256 }) => {
      const url = new URL(file, folder);
      const hash = createHash('sha256').update(bytesOf(url, file)).digest('hex');
      if (hash !== wasmSha256.replace('sha256:', ''))
        throw new UserError(
          `guests/${file} is not the one guests.lock.json names (its SHA-256 is ${hash}): restore it from version control or rebuild with 'npm run guests'`,
        );
      return [id, { id, wasi, kind, file: fileURLToPath(url), hash: `sha256:${hash}` }];
    }),
  );
}

function readLock(url: URL): z.infer<typeof lockSchema> {
  let parsed: ReturnType<typeof lockSchema.safeParse>;
  try {
    parsed = lockSchema.safeParse(JSON.parse(readFileSync(url, 'utf8')));
  } catch (error) {
    throw new UserError(`guests/guests.lock.json cannot be read: ${(error as Error).message}`);
  }
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new UserError(`guests/guests.lock.json: ${issue?.path.join('.')}: ${issue?.message}`);
}

function bytesOf(url: URL, file: string): Buffer {
  try {
    return readFileSync(url);
  } catch (error) {
    throw new UserError(
      `guests/${file} cannot be read (${(error as Error).message}): restore it from version control or rebuild with 'npm run guests'`,
    );
  }
}
