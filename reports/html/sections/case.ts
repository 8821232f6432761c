/** Owns one case: a line with every runner's outcome, opening to reasons, expectations and transcripts. */

import type { ConformanceRecord } from '../../../harness/contracts/run.ts';
import { who } from '../charts/legend.ts';
import { type Content, type Fragment, html } from '../markup/html.ts';
import { linkOrText } from '../markup/link.ts';
import type { CaseGroup } from '../model/cases.ts';
import { formatDuration } from '../model/dates.ts';
import type { Page } from '../model/page.ts';
import { adapterNote, type Roster } from '../model/roster.ts';
import { chip, joined, term } from './parts.ts';
import { transcript } from './transcript.ts';

/** The case as a drill-down. */
export function caseDetails({ roster, anchors }: Page, group: CaseGroup): Fragment {
  const first = group.records[0];
  const passed = group.records.filter((one) => one.outcome === 'pass');
  const told = group.records.filter((one) => one.outcome !== 'pass');
  const expected = [...new Set(group.records.flatMap((one) => one.expected ?? []))];
  // What the specification asks for is mostly the same for all runners: then it is said once.
  const shared = expected.length === 1 ? expected[0] : undefined;
  const covers = [...new Set(group.records.flatMap((one) => one.covers))];
  return html`<details class="case"><summary><span class="name"><code>${group.case}</code> <span class="title">${group.title}</span></span><span class="chips">${chips(group.records)}</span></summary><div class="body" id="${anchors.of('case', group.wasi, group.suite, group.case)}"><dl class="facts">${term('Expected', shared !== undefined && html`<span class="prose">${shared}</span>`)}${term('Specification', first && first.spec !== '' && linkOrText(first.spec))}${term(
    'Calls',
    covers.length > 0 &&
      joined(
        covers.map((name) => html`<code>${name}</code>`),
        ' ',
      ),
  )}</dl>${told.map((one) => result(one, roster, shared))}${passedLine(passed, roster)}${passed.map((one) => notes(one, roster))}</div></details>`;
}

/** Runners with one outcome share a chip, so that a line stays short however many runners there are. */
function chips(records: readonly ConformanceRecord[]): Content[] {
  return [...Map.groupBy(records, (one) => one.outcome as string)].map(([outcome, found]) =>
    found.length === records.length && found.length > 1
      ? chip(outcome, `all ${found.length}`)
      : chip(
          outcome,
          joined(
            found.map((one) => html`<span class="id">${one.runner}</span>`),
            ' · ',
          ),
        ),
  );
}

function result(one: ConformanceRecord, roster: Roster, shared: string | undefined): Fragment {
  const seat = roster.of(one.runner);
  const took = one.outcome === 'skip' ? '' : formatDuration(one.durationMs);
  return html`<article class="result ${one.outcome === 'skip' ? 'quiet' : 'loud'}"><h4>${who(seat)} ${chip(one.outcome)} <small>${[adapterNote(seat, one.wasi), took].filter(Boolean).join(' · ')}</small></h4><dl class="facts">${term('Reason', one.reason && html`<span class="prose">${one.reason}</span>`)}${term('Expected', one.expected !== shared && one.expected && html`<span class="prose">${one.expected}</span>`)}</dl>${one.transcript && one.transcript.length > 0 && transcript(one.transcript, one.runner)}</article>`;
}

/** What is to be read beside a pass, a runner's each. */
function notes({ runner, notes: found = [] }: ConformanceRecord, roster: Roster): Content {
  if (found.length === 0) return '';
  return html`<p>${who(roster.of(runner))} <span class="prose">${joined(found, '; ')}</span></p>`;
}

function passedLine(passed: readonly ConformanceRecord[], roster: Roster): Content {
  if (passed.length === 0) return '';
  const names = passed.map(
    (one) => html`${who(roster.of(one.runner))} <small>${formatDuration(one.durationMs)}</small>`,
  );
  return html`<article class="result quiet"><h4>${chip('pass')} ${joined(names, ' ')}</h4></article>`;
}
