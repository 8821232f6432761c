/** Owns the page around the sections: head, policy, header, navigation, footer. */

import { createHash } from 'node:crypto';
import { type Fragment, html, trusted } from './markup/html.ts';
import { visibleText } from './markup/visible.ts';
import { formatDate } from './model/dates.ts';
import type { Page, Section } from './model/page.ts';
import { ambiguities } from './sections/ambiguities.ts';
import { comparison } from './sections/comparison.ts';
import { conformance } from './sections/conformance.ts';
import { latency } from './sections/latency.ts';
import { memory } from './sections/memory.ts';
import { missing } from './sections/missing.ts';
import { sandbox } from './sections/sandbox.ts';
import { startup } from './sections/startup.ts';
import { throughput } from './sections/throughput.ts';
import { trust } from './sections/trust.ts';
import { verdict } from './sections/verdict.ts';
import { stylesheet } from './theme/stylesheet.ts';

const SECTIONS: readonly Section[] = [
  sandbox,
  verdict,
  comparison,
  conformance,
  ambiguities,
  latency,
  throughput,
  startup,
  memory,
  missing,
  trust,
];

/** The whole document. */
export async function document(page: Page): Promise<string> {
  const shown = SECTIONS.filter(({ isShown }) => isShown?.(page) ?? true);
  const sections: Fragment[] = [];
  for (const section of shown) {
    const body = await section.render(page);
    sections.push(
      html`<section id="${section.id}" aria-labelledby="${section.id}-title"><h2 id="${section.id}-title">${section.title}</h2>${body}</section>`,
    );
  }
  const css = stylesheet();
  const { run } = page;
  const markup = html`<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy(css)}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer"><title>${visibleText(run.id)} · wasimeter</title><link rel="icon" href="data:,"><style>${trusted(css)}</style></head><body><a class="skip" href="#main">Skip to the results</a><header><div class="inner"><p class="brand">wasimeter</p><h1>WASI conformance and performance</h1><dl class="run"><div><dt>Run</dt><dd><code>${run.id}</code></dd></div><div><dt>Date</dt><dd>${formatDate(run.startedAt)}</dd></div><div><dt>Profile</dt><dd>${run.config.profile}</dd></div><div><dt>Data</dt><dd><a href="run.json">run.json</a></dd></div></dl></div></header><nav aria-label="Sections"><div class="inner"><ul>${shown.map((section) => html`<li><a href="#${section.id}">${section.title}</a></li>`)}</ul></div></nav><main id="main" class="inner">${sections}</main><footer><div class="inner">Made by wasimeter ${run.machine.harness} from <a href="run.json">run.json</a>. This page needs no network and runs no scripts.</div></footer></body></html>`;
  return `<!doctype html>\n${markup}\n`;
}

/** Nothing may be loaded, run or sent; only this very stylesheet applies, and the empty icon is inline. */
function policy(css: string): string {
  const hash = createHash('sha256').update(css).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
}
