/** Where the command keeps things: all but the lock below out/ in the folder it is started in, unless told otherwise. */

import { join, resolve } from 'node:path';
import { hasConfig } from '../harness/config/load.ts';

export const CACHE_FOLDER = resolve(process.env.WASIMETER_CACHE || 'out/cache');
/**
 * Beside the user's bench.config.ts, and like it for version control. A folder without one is nobody's project: there it is kept with
 * the runtimes.
 */
export const LOCK_FILE = join(hasConfig('.') ? resolve('.') : CACHE_FOLDER, 'wasimeter.lock.json');
/** Artefacts that runners prepare of guests. */
export const PREPARED_FOLDER = join(CACHE_FOLDER, 'prepared');
export const RUNS_FOLDER = resolve('out/runs');
/** Runs that others are held against, by name. */
export const BASELINES_FOLDER = resolve('out/baselines');
/** As shown in help, relative to the folder the command is started in. */
export const REPORT_FOLDER = 'out/report';
