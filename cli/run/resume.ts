/** Owns what must be the same when an interrupted run goes on. */

import { UserError } from '../../harness/contracts/failure.ts';
import type { RunHeader } from '../../harness/store/runFolder.ts';

type Facts = Pick<RunHeader, 'id' | 'found' | 'guests'>;

/** A run goes on only with what it began with: figures of two versions, or of two builds of one, must not become one. */
export function sameAgain(before: Facts, now: Facts): void {
  for (const [id, found] of Object.entries(before.found)) {
    const [was, is] = [found, now.found[id]].map((one) => (one && 'version' in one ? one : undefined));
    const version = (one: typeof was) => one?.version ?? 'not installed';
    if (version(was) !== version(is))
      throw new UserError(
        `run ${before.id} began with ${id} ${version(was)}, now it is ${version(is)}: start a new run`,
      );
    // Headers of before it was noted have no hash.
    if (was?.sha256 !== undefined && was.sha256 !== is?.sha256)
      throw new UserError(
        `run ${before.id} began with another build of ${id} ${version(was)} (SHA-256 ${short(was.sha256)}, now ${short(is?.sha256)}): start a new run`,
      );
  }
  for (const [id, hash] of Object.entries(before.guests))
    if (now.guests[id] !== hash)
      throw new UserError(`guest ${id} was rebuilt since run ${before.id} began: start a new run`);
}

const short = (sha256: string | undefined) => sha256?.slice(0, 12) ?? 'unknown';
