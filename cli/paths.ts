/** Where the command keeps things: all but the lock below out/ in the folder it is started in. */

import { resolve } from 'node:path';

export const CACHE_FOLDER = resolve(process.env.WASIMETER_CACHE ?? 'out/cache');
/** Beside the user's bench.config.ts, and like it for version control. */
export const LOCK_FILE = resolve('wasimeter.lock.json');
export const RUNS_FOLDER = resolve('out/runs');
/** As shown in help, relative to the folder the command is started in. */
export const REPORT_FOLDER = 'out/report';
