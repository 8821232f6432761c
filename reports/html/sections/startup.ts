/** Owns the section on startup: to the first guest instruction and to exit, preparation apart. */

import type { PerformanceRecord } from '../../../harness/contracts/run.ts';
import { type Fragment, html } from '../markup/html.ts';
import { groupRecords } from '../model/figures.ts';
import type { Page, Section } from '../model/page.ts';
import { dotFigures } from './dot-figures.ts';
import { emptyNote } from './parts.ts';
import { preparations } from './preparations.ts';

export const startup: Section = {
  id: 'startup',
  title: 'Startup',
  async render(page) {
    const timed = page.run.performance.filter((one) => one.metric === 'startup');
    const made = preparations(page);
    if (timed.length === 0) return html`${emptyNote('No startup was measured in this run.')}${made}`;
    return html`${await part(
      page,
      timed,
      'startup',
      'Process start',
      'From starting the runtime’s process to the guest’s first instruction, and to its exit.',
    )}${made}`;
  },
};

async function part(
  page: Page,
  records: readonly PerformanceRecord[],
  name: string,
  title: string,
  words: string,
): Promise<Fragment> {
  if (records.length === 0) return html``;
  const charts = await dotFigures(page, groupRecords(records), { title, name });
  return html`<section class="part" aria-labelledby="${name}-part"><h3 class="part-title" id="${name}-part">${title}</h3><p>${words}</p>${charts}</section>`;
}
