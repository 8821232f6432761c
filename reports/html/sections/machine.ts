/** Owns the facts of the machine and the run: what it was made on, how quiet that was, and what was asked for. */

import type { HostNoise, MachineRecord } from '../../../harness/contracts/run.ts';
import { type Content, type Fragment, html } from '../markup/html.ts';
import { formatDate, formatSpan } from '../model/dates.ts';
import type { Page } from '../model/page.ts';
import { formatCount, formatShare, formatValue, isNumber } from '../model/units.ts';
import { term } from './parts.ts';

const GIB = 1024 ** 3;

/** The list of facts; what an older run does not tell is left out. */
export function machine({ run }: Page): Fragment {
  const { machine: it, config } = run;
  const memory = isNumber(it.memoryBytes) ? `${(it.memoryBytes / GIB).toFixed(1)} GiB` : '';
  return html`<dl class="facts wide">${term('Processor', processor(it))}${term('Governor', it.governor ?? '')}${term('Memory', memory)}${term('System', system(it))}${term('Load', load(it))}${term('Stolen time', isNumber(it.stealShare) ? formatShare(it.stealShare) : '')}${term('Host clock', clock(it))}${term('Quiet at start', it.noise ? quiet(it.noise) : '')}${term('Harness', `wasimeter ${it.harness} on Node ${it.node}`)}${term('Run', html`<code>${run.id}</code>`)}${term('Started', formatDate(run.startedAt))}${term('Took', formatSpan(run.startedAt, run.finishedAt))}${term('Profile', config.profile)}${term('Suites', config.suites.join(', '))}${term('Runners', config.runners.join(', '))}${term('Processes a figure', String(config.processes))}${term('Seed', String(config.seed))}</dl>`;
}

function processor({ cpuModel, cores, arch, allowedCpus, cpuQuota }: MachineRecord): string {
  const limits = [
    isNumber(allowedCpus) && allowedCpus !== cores ? `${allowedCpus} of them allowed` : '',
    isNumber(cpuQuota) ? `limited to ${cpuQuota} CPUs’ time` : '',
  ];
  return [cpuModel, `${cores} cores`, ...limits, arch].filter(Boolean).join(', ');
}

function system({ os, kernel, filesystem, virtualization }: MachineRecord): string {
  return [os, `kernel ${kernel}`, `files on ${filesystem}`, virtualization].filter(Boolean).join(', ');
}

function load({ loadAverage, loadAverageAtEnd }: MachineRecord): string {
  const times = [
    isNumber(loadAverage) ? `${loadAverage.toFixed(2)} at the start` : '',
    isNumber(loadAverageAtEnd) ? `${loadAverageAtEnd.toFixed(2)} at the end` : '',
  ];
  return times.filter(Boolean).join(', ');
}

function clock({ clockResolutionNs, clockCostNs }: MachineRecord): string {
  const facts = [
    isNumber(clockResolutionNs) ? `steps of ${formatValue(clockResolutionNs, 'ns')}` : '',
    isNumber(clockCostNs) ? `${formatValue(clockCostNs, 'ns')} a reading` : '',
  ];
  return facts.filter(Boolean).join(', ');
}

/** What the control loop alone showed before anything was measured. */
function quiet({ quietShare, controls, p95Ratio, slowSpells, durationMs, verdict }: HostNoise): Content {
  const spells = slowSpells === 1 ? '1 slow spell' : `${slowSpells} slow spells`;
  return html`<span class="${verdict === 'noisy' ? 'bad' : 'good'}">${verdict}</span>: ${formatShare(quietShare)} of ${formatCount(controls)} control loops in ${formatValue(durationMs * 1e6, 'ns')} within 5% of the quickest, ${spells}, one loop in 20 slower than ${p95Ratio.toFixed(2)} times it`;
}
