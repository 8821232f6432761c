/** Owns the answer to "can I trust it": the machine, the versions, how quiet it was, the clocks, the method, the coverage. */

import { type Fragment, html } from '../markup/html.ts';
import { formatDate, formatSpan } from '../model/dates.ts';
import type { Page, Section } from '../model/page.ts';
import { isNumber } from '../model/units.ts';
import { clockTable, coverageTable, noiseTable, runnerTable } from './evidence.ts';
import { method } from './method.ts';
import { term } from './parts.ts';

const GIB = 1024 ** 3;

export const trust: Section = {
  id: 'trust',
  title: 'Can I trust it?',
  render: (page) =>
    html`<h3>How it was measured</h3>${method()}<h3>Machine and run</h3>${machine(page)}<h3>Runtimes</h3>${runnerTable(page)}<h3>Noise</h3>${noiseTable(page)}<h3>Clocks</h3>${clockTable(page)}<h3>Coverage</h3>${coverageTable(page)}<p>All of it, every sample included, is in <a href="run.json">run.json</a> beside this page.</p>`,
};

function machine({ run }: Page): Fragment {
  const { machine: it, config } = run;
  const memory = isNumber(it.memoryBytes) ? `${(it.memoryBytes / GIB).toFixed(1)} GiB` : '';
  return html`<dl class="facts wide">${term('Processor', `${it.cpuModel}, ${it.cores} cores, ${it.arch}`)}${term('Memory', memory)}${term('System', `${it.os}, kernel ${it.kernel}, files on ${it.filesystem}`)}${term('Load at start', isNumber(it.loadAverage) ? it.loadAverage.toFixed(2) : '')}${term('Harness', `wasimeter ${it.harness} on Node ${it.node}`)}${term('Run', html`<code>${run.id}</code>`)}${term('Started', formatDate(run.startedAt))}${term('Took', formatSpan(run.startedAt, run.finishedAt))}${term('Profile', config.profile)}${term('Suites', config.suites.join(', '))}${term('Runners', config.runners.join(', '))}${term('Processes a figure', String(config.processes))}${term('Seed', String(config.seed))}</dl>`;
}
