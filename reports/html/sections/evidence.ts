/** Owns the tables behind the figures: runtimes as found, quiet time, clock checks, coverage. */

import { WASI_VERSIONS } from '../../../harness/contracts/wasi.ts';
import { who } from '../charts/legend.ts';
import { type Content, type Fragment, html } from '../markup/html.ts';
import type { Page } from '../model/page.ts';
import { capabilityOf, type Seat, wasiLabel } from '../model/roster.ts';
import { formatCount, formatShare, formatValue, isNumber } from '../model/units.ts';
import { emptyNote, scrollBox } from './parts.ts';

function table(caption: string, heads: readonly string[], rows: readonly Fragment[]): Fragment {
  // A leading # marks a column of numbers.
  const cells = heads.map((head) =>
    head.startsWith('#')
      ? html`<th scope="col" class="n">${head.slice(1)}</th>`
      : html`<th scope="col">${head}</th>`,
  );
  return scrollBox(
    caption,
    html`<table><caption class="hidden">${caption}</caption><thead><tr>${cells}</tr></thead><tbody>${rows}</tbody></table>`,
  );
}

/** What each runtime was, where it came from, and which WASI versions it has. */
export function runnerTable({ roster }: Page): Fragment {
  if (roster.seats.length === 0) return emptyNote('No runner took part.');
  const rows = roster.seats.map(({ record, ...seat }) => {
    const versions = WASI_VERSIONS.map(
      (wasi) => html`<td>${support({ ...seat, ...(record && { record }) }, wasi)}</td>`,
    );
    return html`<tr><th scope="row">${who(seat)}</th><td>${record?.version ?? '—'}</td><td>${record?.mode ?? '—'}${record?.conformanceMode && html`<small>conformance: ${record.conformanceMode}</small>`}</td><td>${record?.binary ? html`<code>${record.binary}</code>` : '—'}<small>${record?.source}</small>${buildOf(record)}</td>${versions}</tr>`;
  });
  return table(
    'Runtimes as found',
    ['Runner', 'Version', 'Mode', 'Found', ...WASI_VERSIONS.map(wasiLabel)],
    rows,
  );
}

/** Which build it was, in as many digits as tell two apart, and what else is to be known of it. */
function buildOf(record: Seat['record']): Content {
  const { sha256, note } = record ?? {};
  return html`${sha256 === undefined ? '' : html`<small>SHA-256 <code title="${sha256}">${sha256.slice(0, 12)}</code></small>`}${note === undefined ? '' : html`<small>${note}</small>`}`;
}

function support(seat: Seat, wasi: string): Content {
  const capability = capabilityOf(seat, wasi);
  if (!capability) return '—';
  const word =
    { native: 'native', adapter: 'adapter', none: 'none' }[capability.support] ?? capability.support;
  return html`${word}<small>${capability.reason}</small>`;
}

/** How quiet the machine was for each runner's timing. */
export function noiseTable({ run, roster }: Page): Fragment {
  if (run.noise.length === 0) return emptyNote('Nothing was timed, so no noise was measured.');
  const rows = run.noise.map(
    (one) =>
      html`<tr><th scope="row">${who(roster.of(one.runner))}</th><td>${wasiLabel(one.wasi)}</td><td class="n">${formatShare(one.quietShare)}</td><td class="n">${formatShare(one.quietProcesses)}</td><td>${verdict(one.verdict, one.verdict === 'quiet')}</td></tr>`,
  );
  return html`<p>Quiet time is the share of control batches within 5% of that runner’s quickest; quiet processes had at least one batch between two quiet controls.</p>${table('Noise', ['Runner', 'WASI', '#Quiet time', '#Quiet processes', 'Verdict'], rows)}`;
}

/** Whether each guest's clock tells the host's time. */
export function clockTable({ roster }: Page): Fragment {
  const rows = roster.seats.flatMap((seat) =>
    (seat.record?.clockChecks ?? []).map(
      (check) =>
        html`<tr><th scope="row">${who(seat)}</th><td>${wasiLabel(check.wasi)}</td><td class="n">${isNumber(check.ratio) ? check.ratio.toFixed(4) : '—'}</td><td class="n">${formatValue(check.tickNs, 'ns')}</td><td>${verdict(check.verdict, check.verdict === 'agrees')}</td></tr>`,
    ),
  );
  if (rows.length === 0) return emptyNote('No guest’s clock was checked.');
  return html`<p>Guests time themselves by their own clock, so it is held against the host’s: a ratio of 1 is right. A clock that ticks coarsely or runs wrong is flagged, not believed.</p>${table('Clock checks', ['Runner', 'WASI', '#Guest to host', '#Tick', 'Verdict'], rows)}`;
}

/** How much of each interface the suites assert. */
export function coverageTable({ run }: Page): Fragment {
  if (run.coverage.length === 0) return emptyNote('No coverage was recorded.');
  const rows = run.coverage.map((one) => {
    const open = one.pairs - one.excluded;
    return html`<tr><th scope="row">${one.suite}</th><td>${wasiLabel(one.wasi)}</td><td class="n">${formatCount(one.pairs)}</td><td class="n">${formatCount(one.excluded)}</td><td class="n">${formatCount(one.asserted)}</td><td class="n">${open > 0 ? formatShare(one.asserted / open) : '—'}</td></tr>`;
  });
  return html`<p>Pairs of a function and an outcome that the specification names, and how many of them a case asserts. Excluded are those that no portable test can bring about.</p>${table('Coverage', ['Suite', 'WASI', '#Pairs', '#Excluded', '#Asserted', '#Share'], rows)}`;
}

function verdict(word: string, good: boolean): Fragment {
  return html`<span class="${good ? 'good' : 'bad'}">${word}</span>`;
}
