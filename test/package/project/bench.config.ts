/** A user's configuration: a runner of a folder and one by its command, a suite, a reporter, all their own. */

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'wasimeter';

const start = fileURLToPath(new URL('start.mjs', import.meta.url));

export default defineConfig({
  runners: [
    'own-node',
    { id: 'by-command', command: [process.execPath, start, '{wasm}', '{args}'], wasi: ['p1'] },
  ],
  suites: ['own-suite'],
  reports: ['own-report'],
  profile: 'tiny',
  profiles: { tiny: { only: 'headline', processes: 2 } },
});
