/** Owns the table of what runners prepared ahead of their starts: which guest, how long it took, when it was made. */

import { who } from '../charts/legend.ts';
import { type Fragment, html } from '../markup/html.ts';
import type { Page } from '../model/page.ts';
import { formatValue } from '../model/units.ts';
import { scrollBox } from './parts.ts';

const CAPTION = 'Preparation by runner and guest';

/** The table with its heading; nothing where no runner prepares anything. */
export function preparations({ run, roster }: Page): Fragment {
  if (run.preparations.length === 0) return html``;
  const rows = run.preparations.map(
    ({ runner, guest, durationNs, fresh }) =>
      html`<tr><td>${who(roster.of(runner))}</td><td><code>${guest}</code></td><td class="n">${formatValue(durationNs, 'ns')}</td><td>${fresh ? 'in this run' : 'earlier, kept since'}</td></tr>`,
  );
  const table = html`<table class="figures"><caption>${CAPTION}</caption><thead><tr><th scope="col">Runner</th><th scope="col">Guest</th><th scope="col" class="n">Time</th><th scope="col">Made</th></tr></thead><tbody>${rows}</tbody></table>`;
  return html`<section class="part" aria-labelledby="prepare-part"><h3 class="part-title" id="prepare-part">Preparation</h3><p>Paid once a guest: transpiling, or compiling ahead of time. Never part of the startup above. One reading each, without an interval.</p>${scrollBox(CAPTION, table)}</section>`;
}
