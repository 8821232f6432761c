/** wasimeter.lock.json: the digests of release archives as they were first announced, so that a later change is seen. */

import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { UserError } from '../contracts/failure.ts';

const lockedArchive = z.object({
  /** The archive's file name. */
  asset: z.string().min(1).max(200),
  /** In hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  url: z.string().max(2000),
});
export type LockedArchive = z.infer<typeof lockedArchive>;

const lockSchema = z.object({
  schema: z.literal('wasimeter/lock@1'),
  /** By runtime, version and platform. */
  runtimes: z.record(z.string(), z.record(z.string(), z.record(z.string(), lockedArchive))),
});
export type ReleaseLock = z.infer<typeof lockSchema>;

const STALE_MS = 10_000;

/** Reads the lock; an absent file is an empty one. Throws a UserError for a file that is none. */
export async function readReleaseLock(file: string | undefined): Promise<ReleaseLock> {
  const text = file === undefined ? undefined : await readFile(file, 'utf8').catch(absent);
  if (file === undefined || text === undefined) return { schema: 'wasimeter/lock@1', runtimes: {} };
  let issue = 'it is no JSON';
  try {
    const parsed = lockSchema.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    const first = parsed.error.issues[0];
    issue = `${first?.path.join('.') || 'the document'}: ${first?.message}`;
  } catch {
    // Said below.
  }
  throw new UserError(
    `${path.basename(file)}: ${issue}: restore it from version control, or delete it to lock anew`,
  );
}

/** What is locked for a runtime's version on a platform. */
export function lockedFor(
  lock: ReleaseLock,
  runtime: string,
  version: string,
  platform: string,
): LockedArchive | undefined {
  return own(own(own(lock.runtimes, runtime), version), platform);
}

/** The versions of a runtime that are locked. */
export const lockedVersions = (lock: ReleaseLock, runtime: string): string[] =>
  Object.keys(own(lock.runtimes, runtime) ?? {});

/** Adds an archive; what others add at the same time is kept. Throws when the file can't be written. */
export async function lockArchive(
  file: string,
  runtime: string,
  version: string,
  platform: string,
  archive: LockedArchive,
): Promise<void> {
  const beside = `${file}.tmp`;
  // The file beside is made for one writer at a time: the others wait until it has become the lock.
  const handle = await claim(beside);
  try {
    const lock = await readReleaseLock(file);
    const versions = own(lock.runtimes, runtime) ?? {};
    const platforms = { ...own(versions, version), [platform]: archive };
    lock.runtimes = { ...lock.runtimes, [runtime]: { ...versions, [version]: platforms } };
    await handle.writeFile(`${JSON.stringify(lock, undefined, 2)}\n`);
    await handle.close();
    await rename(beside, file);
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(beside, { force: true });
    throw error;
  }
}

async function claim(beside: string) {
  for (;;) {
    try {
      return await open(beside, 'wx');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const since = await stat(beside).then((found) => found.mtimeMs, Date.now);
      // Its writer was killed: writing takes milliseconds.
      if (Date.now() - since > STALE_MS) await rm(beside, { force: true });
      else await pause(20);
    }
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

function own<Value>(record: Record<string, Value> | undefined, key: string): Value | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
