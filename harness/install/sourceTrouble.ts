/** Why a source gave nothing: a fault of this one file, or of the whole kind of source, which then need not be asked again. */

import { ChildError } from './children.ts';

/** A kind of source that can't be used here and now: its host does not answer, or its tool is not on this machine. */
export class SourceUnavailable extends Error {
  override name = 'SourceUnavailable';
}

/** What pip, apt-get and the libraries below them say when nobody is there. */
const NOBODY_THERE =
  /connection (refused|broken|error|timed out)|Could not connect|Unable to connect|Failed to establish a new connection|Temporary failure (in name )?resolv|Could not resolve|Name or service not known|Network is unreachable|ConnectTimeout|ReadTimeout/i;

/** Passes on what `tool`, which asks the network, gives; a SourceUnavailable where nobody answered it. */
export async function answered<Result>(tool: string, child: Promise<Result>): Promise<Result> {
  try {
    return await child;
  } catch (error) {
    if (!(error instanceof ChildError)) throw error;
    // The file started may be but an interpreter's: python3 for pip.
    if (error.unanswered) throw new SourceUnavailable(error.message.replace(/^\S+/, tool));
    // Their own words name hosts, and reasons are published.
    if (NOBODY_THERE.test(error.output))
      throw new SourceUnavailable(`${tool} can't reach the host it downloads from`);
    throw error;
  }
}

/** An error in one line, without paths of the cache or addresses: reasons are published. */
export function oneLine(error: unknown, cacheDir: string): string {
  const { code, message } =
    error instanceof Error ? (error as NodeJS.ErrnoException) : { message: String(error) };
  if (code === 'ENOSPC' || /No space left on device/i.test(message)) return 'the disk is full';
  return message
    .replaceAll(cacheDir, '(cache)')
    .replace(/[a-z+]+:\/\/\S+/gi, '(address)')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 400);
}
