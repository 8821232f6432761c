/** Owns the section on a comparison: what two runners differ by, benchmark by benchmark, and what the gate made of it. */

import type { Arm, BenchmarkComparison, Comparison, Verdict } from '../../../harness/contracts/comparison.ts';
import { forestChart } from '../charts/forest.ts';
import { renderChart } from '../charts/render.ts';
import { type Content, type Fragment, html } from '../markup/html.ts';
import { changeText, comparedName, intervalText } from '../model/comparison.ts';
import type { Page, Section } from '../model/page.ts';
import { counted, formatShare, formatValue } from '../model/units.ts';
import { emptyNote, scrollBox } from './parts.ts';

/** The chips that outcomes of the same weight have. */
const CHIPS: Readonly<Record<Verdict, string>> = {
  regressed: 'fail',
  contaminated: 'xfail',
  unsure: 'xfail',
  improved: 'pass',
  unchanged: 'skip',
};
const MARKS: Readonly<Record<Verdict, string>> = {
  regressed: '✗',
  contaminated: '!',
  unsure: '?',
  improved: '✓',
  unchanged: '–',
};

export const comparison: Section = {
  id: 'comparison',
  title: 'Comparison',
  isShown: (page) => page.comparison !== undefined,
  async render(page) {
    const { comparison: found } = page;
    if (!found) return emptyNote('Nothing was compared.');
    const how =
      found.kind === 'side-by-side'
        ? 'Both were measured side by side, process by process.'
        : 'They were measured at two times: floors are three times as wide.';
    return html`${gateNote(found)}${found.arms.map(({ baseline, candidate }) => html`<p>${armText(candidate)} against ${armText(baseline)}.</p>`)}<p>${how} To the right is worse: the cost of a call, for a throughput the time a byte takes. The bar is the ratio’s 95% interval, the band the floor within which nothing is claimed; hollow dots can’t be told.</p>${await chart(page, found)}${notes(found)}`;
  },
};

function gateNote({ gate }: Comparison): Content {
  if (!gate) return '';
  const { regressed, unexpected, exitCode } = gate;
  const parts = [
    regressed > 0 && `${counted(regressed, 'regression')}`,
    unexpected.length > 0 && `${counted(unexpected.length, 'unexpected conformance outcome')}`,
  ].filter(Boolean);
  const words = parts.length > 0 ? parts.join(' and ') : 'no regression, no unexpected conformance outcome';
  return html`<p><strong>${exitCode === 0 ? 'The gate passed' : 'The gate did not pass'}</strong>: ${words}.</p>`;
}

const armText = ({ runner, version, mode, sha256 }: Arm): Fragment =>
  html`<code>${runner}</code> (${[version, mode, sha256 && `SHA-256 ${sha256.slice(0, 12)}`].filter(Boolean).join(', ')})`;

async function chart({ anchors }: Page, { benchmarks }: Comparison): Promise<Content> {
  const label = 'Ratio of costs with its interval, and the floor (chart)';
  const id = anchors.of('table', 'comparison');
  const drawn: Content[] = [];
  for (const layout of ['wide', 'narrow'] as const) {
    const spec = forestChart(benchmarks, layout);
    if (!spec) break;
    const svg = await renderChart(spec, { label, describedBy: id, className: `forest ${layout}` });
    drawn.push(html`<div class="${layout}">${layout === 'wide' ? scrollBox(label, svg) : svg}</div>`);
  }
  const caption = 'Benchmarks by evidence';
  const table = html`<table class="figures"><caption>${caption}</caption><thead><tr><th scope="col">Benchmark</th><th scope="col">Verdict</th><th scope="col" class="n">Before</th><th scope="col" class="n">Now</th><th scope="col" class="n">Cost</th><th scope="col" class="n">95% interval</th><th scope="col" class="n"><abbr title="of the permutation test, after Holm’s correction">p</abbr></th><th scope="col" class="n">Floor</th><th scope="col">Beside it</th></tr></thead>${benchmarks.map((one) => html`<tbody>${row(one)}</tbody>`)}</table>`;
  return html`<figure data-figures="comparison">${drawn}<details class="table"><summary id="${id}">The ${counted(benchmarks.length, 'comparison')} as a table</summary>${scrollBox(caption, table)}</details></figure>`;
}

function row(one: BenchmarkComparison): Fragment {
  const { first, confirming, waiver, floor, unit, verdict } = one;
  const word = waiver ? `${verdict}, waived` : verdict;
  const again =
    confirming &&
    html`<small>confirming block: ${changeText(confirming.ratio.value)} (${intervalText(confirming.ratio)})</small>`;
  const waived = waiver && html`<small>waived until ${waiver.until}: ${waiver.reason}</small>`;
  return html`<tr><th scope="row"><code>${comparedName(one)}</code><small>${one.title}</small></th><td><span class="chip ${CHIPS[verdict] ?? 'skip'}"><span class="mark" aria-hidden="true">${MARKS[verdict] ?? ''}</span>${word}</span></td><td class="n">${formatValue(first.baseline, unit)}</td><td class="n">${formatValue(first.candidate, unit)}</td><td class="n"><strong>${changeText(first.ratio.value)}</strong></td><td class="n">${intervalText(first.ratio)}</td><td class="n">${first.holmP < 0.001 ? '<0.001' : first.holmP.toFixed(3)}</td><td class="n"><abbr title="${floor.why}">${floor.share < 0.1 ? `${Number((floor.share * 100).toPrecision(2))}%` : formatShare(floor.share)}</abbr></td><td>${again}${waived}${one.notices.map((text) => html`<small>${text}</small>`)}</td></tr>`;
}

function notes({ notices, notCompared }: Comparison): Content {
  const lines = [
    ...notices.map((text) => html`<li>${text}</li>`),
    ...notCompared.map(
      (one) =>
        html`<li><code>${comparedName(one)}</code> of <code>${one.runner}</code> was not compared: ${one.reason}</li>`,
    ),
  ];
  return lines.length > 0 && html`<ul class="notes">${lines}</ul>`;
}
