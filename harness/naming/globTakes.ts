/** Says whether a glob names a case or benchmark. */

import { posix } from 'node:path';

/** Whether a glob takes a case: by `case` or `suite/case`, in full or up to a `/`. */
export function globTakes(glob: string, suite: string, id: string): boolean {
  return [id, `${suite}/${id}`].some(
    (name) => name === glob || posix.matchesGlob(name, glob) || posix.matchesGlob(name, `${glob}/**`),
  );
}
