/** What the shipped types refuse: types lost on the way (`any`) would let it pass. */

import { defineConfig, defineSuite } from 'wasimeter';

// @ts-expect-error there is no such field
defineConfig({ profil: 'quick' });
// @ts-expect-error a suite without cases and benchmarks
defineSuite({ id: 'x', title: 'x', inventory: [] });
