/**
 * Rebuilds all guests from their sources, and the lock file: what `npm run guests` runs. `npm run guests fixtures` makes only the
 * fixtures, for which no Rust is needed.
 */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GuestsLock, LOCK_FILE, readLock } from './lock.ts';
import { buildProbes } from './rust/build/probes.ts';
import { MissingToolchain } from './rust/build/toolchain.ts';
import { buildFixtures } from './wat/build.ts';

const guestsDir = import.meta.dirname;

try {
  const tell = (step: string) => process.stderr.write(`${step}\n`);
  const probes =
    process.argv[2] === 'fixtures'
      ? readLock(guestsDir).guests.filter(({ id }) => id.startsWith('probe-'))
      : buildProbes(guestsDir, tell);
  const guests = [...probes, ...(await buildFixtures(guestsDir, tell))];
  const lock: GuestsLock = { schema: 'wasimeter/guests@1', guests };
  writeFileSync(join(guestsDir, LOCK_FILE), `${JSON.stringify(lock, null, 2)}\n`);
  for (const guest of guests) process.stdout.write(`${guest.file}  ${guest.sizeBytes} bytes\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof MissingToolchain ? 2 : 1;
}
