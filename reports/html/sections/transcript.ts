/** Owns how a transcript reads: one call a line, the line that decided marked, long stretches of nothing left out. */

import type { TranscriptLine } from '../../../harness/contracts/run.ts';
import { type Content, type Fragment, html } from '../markup/html.ts';
import { counted } from '../model/units.ts';

/** Lines kept at both ends and on either side of a marked line, once a transcript is longer than a screen. */
const AROUND = 15;
const WHOLE = 80;

const MARKS: ReadonlyMap<string, { symbol: string; word: string }> = new Map([
  ['failed', { symbol: '✗', word: 'failed here' }],
  ['trap', { symbol: '!', word: 'trapped here' }],
  ['unfinished', { symbol: '…', word: 'did not return' }],
]);

/** The transcript as a numbered list. */
export function transcript(lines: readonly TranscriptLine[], runner: string): Fragment {
  const items: Content[] = [];
  let leftOut = 0;
  lines.forEach((line, index) => {
    if (!isShown(lines, index)) {
      leftOut += 1;
      return;
    }
    items.push(gap(leftOut), transcriptLine(line, index));
    leftOut = 0;
  });
  return html`<ol class="transcript" tabindex="0" aria-label="Transcript of ${runner}">${items}</ol>`;
}

function isShown(lines: readonly TranscriptLine[], index: number): boolean {
  if (lines.length <= WHOLE || index < AROUND || index >= lines.length - AROUND) return true;
  return lines.slice(index - AROUND, index + AROUND + 1).some((line) => line.mark !== 'ok');
}

function gap(count: number): Content {
  return count > 0 && html`<li class="gap">${counted(count, 'line')} left out; run.json has them all</li>`;
}

function transcriptLine(line: TranscriptLine, index: number): Fragment {
  const mark = MARKS.get(line.mark);
  const statement = line.statement !== line.text && html`<code class="statement">${line.statement}</code>`;
  if (!mark) return html`<li value="${index + 1}"><code>${line.text}</code>${statement}</li>`;
  return html`<li value="${index + 1}" class="marked"><code>${line.text}</code>${statement}<strong class="why"><span aria-hidden="true">${mark.symbol} </span>${mark.word}${line.expected !== undefined && html`; expected <code>${line.expected}</code>`}</strong></li>`;
}
