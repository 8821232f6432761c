/** Owns the top of the page: what came of the run in two sentences, what nobody expected, and a row a runner. */

import { leavesOut } from '../../../harness/contracts/selection.ts';
import { who } from '../charts/legend.ts';
import { type Content, type Fragment, html } from '../markup/html.ts';
import { countedOutcome, gravity, isUnexpected, tally, UNEXPECTED } from '../model/outcomes.ts';
import type { Page, Section } from '../model/page.ts';
import { tookPart } from '../model/roster.ts';
import { counted } from '../model/units.ts';
import { headlines } from './headlines.ts';
import { chip, scrollBox } from './parts.ts';

const LISTED = 12;

export const verdict: Section = {
  id: 'verdict',
  title: 'Verdict',
  render: (page) =>
    html`<div class="sentence">${selectionSentence(page)}${conformanceSentence(page)}${performanceSentence(page)}</div>${unexpectedList(page)}${summaryTable(page)}${headlines(page)}`,
};

function selectionSentence({ run }: Page): Content {
  const { selection, profile } = run.config;
  if (leavesOut(selection)) return html`<p>Only a selection of the suites’ cases was run.</p>`;
  return selection?.covering
    ? html`<p>The profile <code>${profile}</code> ran one case for each way in which a function can end, not all there are.</p>`
    : '';
}

function conformanceSentence({ run, roster }: Page): Fragment {
  const took = roster.seats.filter(tookPart).length;
  if (run.conformance.length === 0) {
    return html`<p><strong>No conformance case was run.</strong> ${counted(took, 'runner')} took part.</p>`;
  }
  const all = tally(run.conformance);
  const cases = new Set(run.conformance.map((one) => JSON.stringify([one.wasi, one.suite, one.case]))).size;
  const expected = all.xfail > 0 ? `, ${all.xfail} failed as expected` : '';
  const skipped = all.skip > 0 ? `, ${all.skip} were skipped` : '';
  const what = `${counted(took, 'runner')} on ${counted(cases, 'case')}: ${all.pass} of ${counted(all.ran, 'result')} passed${expected}${skipped}.`;
  if (all.unexpected === 0) return html`<p><strong class="good">Nothing unexpected.</strong> ${what}</p>`;
  const kinds = UNEXPECTED.filter((outcome) => all[outcome] > 0).map((outcome) =>
    countedOutcome(all[outcome], outcome),
  );
  return html`<p><strong class="bad">${counted(all.unexpected, 'unexpected result')}</strong> (${kinds.join(', ')}). ${what}</p>`;
}

function performanceSentence({ run }: Page): Fragment {
  const figures = run.performance.length;
  if (figures === 0) return html`<p>Nothing was timed.</p>`;
  const noisy = run.performance.filter((one) => one.flags.includes('contaminated')).length;
  const clocks = run.performance.filter(
    (one) => one.flags.includes('clock-disagrees') || one.flags.includes('coarse-clock'),
  ).length;
  const noise =
    noisy === 0
      ? ' The machine was quiet enough for all of them.'
      : ` The machine was too busy for ${noisy} of them, which are flagged.`;
  const clock = clocks === 0 ? '' : ` The guest’s clock is in doubt for ${clocks}.`;
  return html`<p>${counted(figures, 'figure')}, each with its interval.${noise}${clock}</p>`;
}

function unexpectedList({ run, roster, anchors }: Page): Content {
  const found = run.conformance
    .filter((one) => isUnexpected(one.outcome))
    .toSorted((a, b) => gravity(a.outcome) - gravity(b.outcome));
  if (found.length === 0) return '';
  const items = found.slice(0, LISTED).map((one) => {
    const anchor = anchors.of('case', one.wasi, one.suite, one.case);
    return html`<li>${chip(one.outcome)} ${who(roster.of(one.runner))} <span class="what"><a href="#${anchor}"><code>${one.wasi} ${one.suite}/${one.case}</code></a> <span class="prose">${one.reason ?? one.title}</span></span></li>`;
  });
  const rest = found.length - items.length;
  return html`<h3>Unexpected</h3><ul class="unexpected">${items}</ul>${rest > 0 && html`<p>${rest} more are in the <a href="#conformance">conformance matrix</a>.</p>`}`;
}

function summaryTable({ run, roster }: Page): Content {
  if (roster.seats.length === 0) return '';
  const rows = roster.seats.map((seat) => {
    const { record } = seat;
    const head = html`<th scope="row">${who(seat)}</th>`;
    const what = html`<td>${record?.name ?? '—'}</td><td>${record?.version ?? '—'}</td><td>${record?.mode ?? '—'}</td>`;
    if (!tookPart(seat)) {
      return html`<tr class="absent">${head}<td colspan="5"><a href="#missing">not installed</a></td>${what}</tr>`;
    }
    const own = tally(run.conformance.filter((one) => one.runner === seat.id));
    const figures = run.performance.filter((one) => one.runner === seat.id).length;
    return html`<tr>${head}<td class="n">${own.pass}</td><td class="${own.unexpected > 0 ? 'n bad' : 'n'}">${own.unexpected}</td><td class="n">${own.xfail}</td><td class="n">${own.skip}</td><td class="n">${figures}</td>${what}</tr>`;
  });
  return scrollBox(
    'Summary by runner',
    html`<table class="summary"><caption>Summary by runner</caption><thead><tr><th scope="col">Runner</th><th scope="col" class="n">Passed</th><th scope="col" class="n">Unexpected</th><th scope="col" class="n">Expected fails</th><th scope="col" class="n">Skipped</th><th scope="col" class="n">Figures</th><th scope="col">Runtime</th><th scope="col">Version</th><th scope="col">Mode</th></tr></thead><tbody>${rows}</tbody></table>`,
  );
}
