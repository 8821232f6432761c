/** Owns the table that tells what a call costs at least: each runtime's cheapest host call, and a loop without any. */

import type { PerformanceRecord } from '../../../harness/contracts/run.ts';
import { who } from '../charts/legend.ts';
import { type Content, html } from '../markup/html.ts';
import { labelOf, shortName } from '../model/figures.ts';
import type { Page } from '../model/page.ts';
import { wasiLabel } from '../model/roster.ts';
import { formatValue } from '../model/units.ts';
import { scrollBox } from './parts.ts';

/** Nothing where no latency tells of a host call. */
export function callFloor({ run, roster }: Page): Content {
  const latencies = run.performance.filter(({ metric, suite }) => metric === 'latency' && suite !== 'calls');
  const groups = Map.groupBy(latencies, ({ wasi, runner }) => JSON.stringify([wasi, runner]));
  if (groups.size === 0) return '';
  const rows = [...groups.values()].map((figures) => {
    const cheapest = figures.reduce((least, one) => (one.value < least.value ? one : least));
    const { wasi, runner } = cheapest;
    const roundNs = run.noise.find((one) => one.wasi === wasi && one.runner === runner)?.roundNs;
    return html`<tr><th scope="row">${who(roster.of(runner))}</th><td>${wasiLabel(wasi)}</td><td class="n"><strong>${formatValue(cheapest.value, 'ns')}</strong></td><td><code>${nameOf(cheapest)}</code></td><td class="n">${roundNs === undefined ? '—' : formatValue(roundNs, 'ns')}</td></tr>`;
  });
  const caption = 'The cheapest host call of each runner, and a round of the loop without calls';
  const table = html`<table><caption>${caption}</caption><thead><tr><th scope="col">Runner</th><th scope="col">WASI</th><th scope="col" class="n">Cheapest call</th><th scope="col">Which</th><th scope="col" class="n">Round of the empty loop</th></tr></thead><tbody>${rows}</tbody></table>`;
  return html`<h3>The floor</h3><p>What crossing to the host costs at least: of every other latency, so much is the runtime’s own. Behind an adapter the cheapest call may be one that it answers itself. The loop calls nothing, and tells how quickly the guest’s own code runs.</p>${scrollBox(caption, table)}`;
}

const nameOf = (record: PerformanceRecord) => `${record.suite}/${shortName(labelOf(record))}`;
