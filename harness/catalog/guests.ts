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
  const lock = lockSchema.parse(JSON.parse(readFileSync(new URL('guests.lock.json', folder), 'utf8')));
  return new Map(
    lock.guests.map(({ id, wasi, kind, file, wasmSha256 }) => {
      const url = new URL(file, folder);
      const hash = createHash('sha256').update(readFileSync(url)).digest('hex');
      if (hash !== wasmSha256.replace('sha256:', ''))
        throw new UserError(
          `guests/${file} is not the one guests.lock.json names (its SHA-256 is ${hash}): restore it from version control or rebuild with 'npm run guests'`,
        );
      return [id, { id, wasi, kind, file: fileURLToPath(url), hash: `sha256:${hash}` }];
    }),
  );
}
