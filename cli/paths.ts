/** Where the command keeps things: all below out/ in the folder it is started in. */

import { resolve } from 'node:path';

export const CACHE_FOLDER = resolve(process.env.WASIMETER_CACHE ?? 'out/cache');
export const RUNS_FOLDER = resolve('out/runs');
/** As shown in help, relative to the folder the command is started in. */
export const REPORT_FOLDER = 'out/report';
