/** What `npm start` measures: every runner and suite there is, in the quick profile. */

import { defineConfig } from 'wasimeter';

export default defineConfig({ profile: process.env.WASIMETER_PROFILE ?? 'quick' });
