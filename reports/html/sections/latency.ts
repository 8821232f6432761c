/** Owns the section on latency: what one call costs, by interface and WASI version. */

import { html } from '../markup/html.ts';
import { groupFigures } from '../model/figures.ts';
import type { Section } from '../model/page.ts';
import { callFloor } from './call-floor.ts';
import { dotFigures } from './dot-figures.ts';
import { emptyNote } from './parts.ts';

export const latency: Section = {
  id: 'latency',
  title: 'Latency',
  async render(page) {
    const groups = groupFigures(page.run, 'latency');
    if (groups.length === 0) return emptyNote('No latency was measured in this run.');
    const charts = await dotFigures(page, groups, { title: 'Latency of one call', name: 'latency' });
    return html`<p>The time of one call, undisturbed: the middle half of fresh processes, averaged. Left is quicker; each gridline is a multiple, not a step. Two dots whose bars overlap can’t be told apart.</p>${charts}${callFloor(page)}`;
  },
};
