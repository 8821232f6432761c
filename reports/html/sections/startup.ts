/** Owns the section on startup: to the first guest instruction and to exit, preparation apart, and peak memory. */

import type { PerformanceRecord } from '../../../harness/contracts/run.ts';
import { type Content, type Fragment, html } from '../markup/html.ts';
import { groupRecords } from '../model/figures.ts';
import type { Page, Section } from '../model/page.ts';
import { dotFigures } from './dot-figures.ts';
import { emptyNote } from './parts.ts';

export const startup: Section = {
  id: 'startup',
  title: 'Startup',
  async render(page) {
    const timed = page.run.performance.filter((one) => one.metric === 'startup');
    const memory = page.run.performance.filter((one) => one.metric === 'memory');
    if (timed.length + memory.length === 0) return emptyNote('No startup was measured in this run.');
    const parts: Content[] = [
      await part(
        page,
        timed.filter((one) => !isPreparation(one)),
        'startup',
        'Process start',
        'From starting the runtime’s process to the guest’s first instruction, and to its exit.',
      ),
      await part(
        page,
        timed.filter(isPreparation),
        'prepare',
        'Preparation',
        'Paid once a guest: transpiling or compiling ahead of time. Never part of the startup above.',
      ),
      await part(
        page,
        memory,
        'memory',
        'Peak memory',
        'The most memory the runtime’s process held, read while the guest waits.',
      ),
    ];
    return html`${parts}`;
  },
};

/** The contract has no field for the phase; suites name it in the case or in a parameter. */
function isPreparation(one: PerformanceRecord): boolean {
  return /\bprepar/i.test(one.case) || /^prepar/i.test(String(one.parameters.phase ?? ''));
}

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
