/** Makes a guest that is generated where its file is not there yet, or not whole. */

import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Guest } from '../contracts/guest.ts';
import { sizedModule } from '../wasm/sizedModule.ts';

/** Throws where what is made is not what the guest's hash names: figures of it would be of another guest. */
export async function makeGuest({ id, file, hash }: Guest, sizeBytes: number): Promise<void> {
  const known = await readFile(file).catch(() => undefined);
  if (known && hashOf(known) === hash) return;
  const bytes = sizedModule(sizeBytes);
  if (hashOf(bytes) !== hash)
    throw new Error(`guest ${id}: what is generated has the hash ${hashOf(bytes)}, not ${hash}`);
  await mkdir(dirname(file), { recursive: true });
  // Another run may do the same: each writes beside, and the last one's is as good.
  const beside = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(beside, bytes);
  await rename(beside, file);
}

const hashOf = (bytes: Uint8Array) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
