/** What `npm start` measures: every runner and suite there is, in the quick profile. */

import { defineConfig } from './harness/contracts/config.ts';

export default defineConfig({ profile: process.env.WASIMETER_PROFILE ?? 'quick' });
