/** Makes the fixtures: tiny guests written as text, one in each file, and their lines in the lock file. */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { hashSources, hashWasm, type LockedGuest } from '../lock.ts';

/** By its name as a value, as in the jco runner. */
const JCO = '@bytecodealliance/jco';

/** Writes each fixture's wasm under the guests' folder; tells each step as it begins. Throws for text that is no WebAssembly. */
export async function buildFixtures(guestsDir: string, tell: (step: string) => void): Promise<LockedGuest[]> {
  const { parse } = (await import(JCO)) as { parse(text: string): Promise<Uint8Array> };
  const toolchain = `jco ${versionOfJco()} (parse)`;
  mkdirSync(join(guestsDir, 'prebuilt'), { recursive: true });
  const locked: LockedGuest[] = [];
  for (const { wasi, name } of fixtureNames(guestsDir)) {
    const id = fixtureId(wasi, name);
    const source = `wat/${wasi}/${name}.wat`;
    tell(`Building ${id}`);
    const bytes = await parse(readFileSync(join(guestsDir, source), 'utf8')).catch((error: unknown) => {
      throw new Error(`guests/${source}: ${(error as { payload?: string }).payload ?? String(error)}`);
    });
    const file = `prebuilt/${id}.wasm`;
    writeFileSync(join(guestsDir, file), bytes);
    locked.push({
      ...{ id, wasi, file, kind: wasi === 'p1' ? 'module' : 'component', sources: [source] },
      ...{ sourceHash: hashSources(guestsDir, [source]), toolchain },
      ...{ wasmSha256: hashWasm(bytes), sizeBytes: bytes.length },
    });
  }
  return locked;
}

/** The fixtures by their files' names, in a stable order. */
export function fixtureNames(guestsDir: string): { wasi: 'p1' | 'p2'; name: string }[] {
  return (['p1', 'p2'] as const).flatMap((wasi) =>
    readdirSync(join(guestsDir, 'wat', wasi))
      .filter((file) => file.endsWith('.wat'))
      .map((file) => ({ wasi, name: file.slice(0, -'.wat'.length) }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  );
}

/** The guest's id of a fixture. */
export const fixtureId = (wasi: 'p1' | 'p2', name: string) => `wat-${wasi}-${name}`;

function versionOfJco(): string {
  const entry = createRequire(import.meta.url).resolve(JCO);
  for (let folder = dirname(entry); folder !== dirname(folder); folder = dirname(folder)) {
    try {
      const found = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, string>;
      if (found.name === JCO && found.version) return found.version;
    } catch {
      // Not that folder's own.
    }
  }
  throw new Error(`there is no package.json of ${JCO}`);
}
