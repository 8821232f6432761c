/** The prebuilt guests, each checked against guests.lock.json before it may run. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { UserError } from '../contracts/failure.ts';
import type { Guest } from '../contracts/guest.ts';
import { sizedGuests } from './sizedGuests.ts';

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

/** A guest as the lock names it, and what is wrong with its file where something is. */
export interface InspectedGuest extends Guest {
  problem?: string;
}

/** Holds each guest's file against the lock. Throws a UserError where the lock itself can't be read. */
export function inspectGuests(folder = GUESTS): InspectedGuest[] {
  const lock = readLock(new URL('guests.lock.json', folder));
  return lock.guests.map(({ id, wasi, kind, file, wasmSha256 }) => {
    const url = new URL(file, folder);
    const guest = { id, wasi, kind, file: fileURLToPath(url), hash: wasmSha256 };
    const remedy = "restore it from version control or rebuild with 'npm run guests'";
    try {
      const hash = createHash('sha256').update(readFileSync(url)).digest('hex');
      if (hash === wasmSha256.replace('sha256:', '')) return { ...guest, hash: `sha256:${hash}` };
      const problem = `guests/${file} is not the one guests.lock.json names (its SHA-256 is ${hash}): ${remedy}`;
      return { ...guest, problem };
    } catch (error) {
      return { ...guest, problem: `guests/${file} cannot be read (${reasonOf(error)}): ${remedy}` };
    }
  });
}

/**
 * The guests by id, those among them that are made when they are needed, in `cacheFolder`. Throws a UserError for a wasm whose bytes are
 * not those the lock names.
 */
export function loadGuests(
  folder = GUESTS,
  cacheFolder = resolve(process.env.WASIMETER_CACHE || 'out/cache'),
): Map<string, Guest> {
  return new Map([
    ...inspectGuests(folder).map(({ problem, ...guest }) => {
      if (problem !== undefined) throw new UserError(problem);
      return [guest.id, guest] as const;
    }),
    ...sizedGuests(join(cacheFolder, 'guests')).map((guest) => [guest.id, guest] as const),
  ]);
}

/** The guest whose control loop tells how quiet the machine is: any preview 1 module has it. Throws where there is none. */
export function controlGuest(guests: ReadonlyMap<string, Guest>): Guest {
  const guest = guests.values().find(({ wasi, kind }) => wasi === 'p1' && kind === 'module');
  if (!guest) throw new UserError('guests.lock.json names no preview 1 module');
  return guest;
}

/** Without the file's own path: what a file system says of it ends behind the code. */
const reasonOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? (error as Error).message;

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
