/** Owns the answer to "can I trust it": the machine, the versions, how quiet it was, the clocks, the method, the coverage. */

import { html } from '../markup/html.ts';
import type { Section } from '../model/page.ts';
import { clockTable, coverageTable, noiseTable, runnerTable } from './evidence.ts';
import { machine } from './machine.ts';
import { method } from './method.ts';

export const trust: Section = {
  id: 'trust',
  title: 'Can I trust it?',
  render: (page) =>
    html`<h3>How it was measured</h3>${method()}<h3>Machine and run</h3>${machine(page)}<h3>Runtimes</h3>${runnerTable(page)}<h3>Noise</h3>${noiseTable(page)}<h3>Clocks</h3>${clockTable(page)}<h3>Coverage</h3>${coverageTable(page)}<p>All of it, every sample included, is in <a href="run.json">run.json</a> beside this page.</p>`,
};
