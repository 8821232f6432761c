/** What the tests of this folder share: temporary folders, and whether a process still lives. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { statFields } from './procFiles.ts';

const LOOK_MS = 20;
const MOST_LOOKS = 500;

/** A folder that is removed when the test ends. */
export function temporaryFolder(t: Pick<TestContext, 'after'>): string {
  const folder = mkdtempSync(join(tmpdir(), 'wasimeter-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Writes a module for Node and returns its path. */
export function writeModule(folder: string, name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** Waits until `holds` does, looking again and again; throws after some seconds. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  for (let looks = 0; !holds(); looks += 1) {
    if (looks > MOST_LOOKS) throw new Error(`still not so: ${what}`);
    await wait(LOOK_MS);
  }
}

/** Whether a process lives; a zombie, which only waits to be asked for its exit code, does not. */
export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/^[ZX]/.test(statFields(readFileSync(`/proc/${pid}/stat`, 'utf8'))[0] ?? '');
  } catch {
    return process.platform !== 'linux';
  }
}
