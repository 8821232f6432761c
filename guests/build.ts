/** Rebuilds all guests from their sources, and the lock file: what `npm run guests` runs. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GuestsLock, LOCK_FILE } from './lock.ts';
import { buildProbes } from './rust/build/probes.ts';
import { MissingToolchain } from './rust/build/toolchain.ts';

const guestsDir = import.meta.dirname;

try {
  const guests = buildProbes(guestsDir, (step) => process.stderr.write(`${step}\n`));
  const lock: GuestsLock = { schema: 'wasimeter/guests@1', guests };
  writeFileSync(join(guestsDir, LOCK_FILE), `${JSON.stringify(lock, null, 2)}\n`);
  for (const guest of guests) process.stdout.write(`${guest.file}  ${guest.sizeBytes} bytes\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof MissingToolchain ? 2 : 1;
}
