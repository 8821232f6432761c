/** The guests' lock file: which prebuilt wasm belongs to which sources, and whether both still agree. */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface LockedGuest {
  id: string;
  wasi: 'p1' | 'p2' | 'p3';
  /** Path of the wasm, from the guests' folder. */
  file: string;
  kind: 'module' | 'component';
  /** Files and folders that determine the wasm, from the guests' folder. */
  sources: string[];
  sourceHash: string;
  toolchain: string;
  wasmSha256: string;
  sizeBytes: number;
}

export interface GuestsLock {
  schema: 'wasimeter/guests@1';
  guests: LockedGuest[];
}

/** The lock file's name in the guests' folder. */
export const LOCK_FILE = 'guests.lock.json';

/** Reads the lock file of a guests' folder; throws where it is missing or of another schema. */
export function readLock(guestsDir: string): GuestsLock {
  const file = join(guestsDir, LOCK_FILE);
  const lock = JSON.parse(readFileSync(file, 'utf8')) as GuestsLock;
  if (lock.schema !== 'wasimeter/guests@1' || !Array.isArray(lock.guests)) {
    throw new Error(`${file}: the schema is ${lock.schema}, expected wasimeter/guests@1; run npm run guests`);
  }
  return lock;
}

/** All files below the named files and folders, sorted; build outputs (`target`) are passed over. */
export function sourceFiles(guestsDir: string, sources: readonly string[]): string[] {
  const files = sources.flatMap((source) => {
    if (statSync(join(guestsDir, source)).isFile()) return [source];
    const names = readdirSync(join(guestsDir, source)).filter((name) => name !== 'target');
    return sourceFiles(
      guestsDir,
      names.map((name) => `${source}/${name}`),
    );
  });
  return files.sort((a, b) => (a < b ? -1 : 1));
}

/** Hashes the sources' paths and contents, line ends as LF, so that a checkout on Windows has the same hash. */
export function hashSources(guestsDir: string, sources: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of sourceFiles(guestsDir, sources)) {
    const content = readFileSync(join(guestsDir, file), 'utf8').replaceAll('\r\n', '\n');
    hash.update(`${file}\0${Buffer.byteLength(content)}\0${content}`);
  }
  return `sha256:${hash.digest('hex')}`;
}

/** The sha256 of a wasm's bytes, in hex. */
export function hashWasm(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What disagrees between the lock, the wasm and the sources of a guest; empty when all is well. */
export function disagreements(guestsDir: string, guest: LockedGuest): string[] {
  const found: string[] = [];
  const bytes = readFileSync(join(guestsDir, guest.file));
  if (hashWasm(bytes) !== guest.wasmSha256 || bytes.length !== guest.sizeBytes) {
    found.push(`${guest.file} is not the wasm that ${LOCK_FILE} names; run npm run guests, or restore it`);
  }
  if (hashSources(guestsDir, guest.sources) !== guest.sourceHash) {
    found.push(`the sources of ${guest.id} changed since ${guest.file} was built; run npm run guests`);
  }
  return found;
}
