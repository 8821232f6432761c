/** Looks at an executable that the user's configuration names by its path. */

import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import type { Located } from '../contracts/install.ts';
import type { Missing } from '../contracts/runner.ts';

/** Where such an executable is said to come from: the file has one of several endings. */
export const CONFIGURED = 'bench.config';

/** Where it is, or why it can't be started. The path itself is not told: reasons are published. */
export async function namedExecutable(path: string): Promise<Located | Missing> {
  try {
    if ((await stat(path)).isDirectory())
      return { reason: 'the path that the configuration names is a folder' };
    await access(path, constants.X_OK);
    return { path, source: CONFIGURED };
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code !== 'ENOENT';
    return {
      reason: isThere
        ? 'the executable that the configuration names may not be executed'
        : 'the executable that the configuration names is not there',
    };
  }
}
