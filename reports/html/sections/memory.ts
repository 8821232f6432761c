/** Owns the section on memory: the most that a process held, and what it shared with no other. */

import { html } from '../markup/html.ts';
import { groupFigures } from '../model/figures.ts';
import type { Section } from '../model/page.ts';
import { dotFigures } from './dot-figures.ts';
import { emptyNote } from './parts.ts';

export const memory: Section = {
  id: 'memory',
  title: 'Memory',
  async render(page) {
    const groups = groupFigures(page.run, 'memory');
    if (groups.length === 0) return emptyNote('No memory was measured in this run: the profile full does.');
    const words =
      'What the runtime’s process, with all that it started, held while the guest waited for input: the most that was ever resident, and what was resident and shared with no other process.';
    return html`<p>${words}</p>${await dotFigures(page, groups, { title: 'Memory', name: 'memory' })}`;
  },
};
