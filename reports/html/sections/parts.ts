/** Owns the small pieces that sections are set from: scrolling boxes, outcome chips, empty notes. */

import { type Content, type Fragment, html } from '../markup/html.ts';
import { knownOutcome, outcomeWord } from '../model/outcomes.ts';

/** A box that scrolls sideways by itself, so that the page never does; focusable, for keyboards. */
export function scrollBox(label: string, content: Content): Fragment {
  return html`<div class="scroll" role="group" tabindex="0" aria-label="${label}">${content}</div>`;
}

/** An outcome in words and colour. */
export function chip(outcome: string, runner?: Content): Fragment {
  const marks = {
    pass: '✓',
    xfail: '✗',
    skip: '–',
    xpass: '!',
    fail: '✗',
    timeout: '!',
    crash: '!',
    error: '!',
  };
  const known = knownOutcome(outcome);
  return html`<span class="chip ${known}"><span class="mark" aria-hidden="true">${marks[known]}</span>${runner ? html`${runner} ` : ''}${outcomeWord(outcome)}</span>`;
}

/** Said where a section has nothing to show. */
export function emptyNote(text: string): Fragment {
  return html`<p class="empty">${text}</p>`;
}

/** Joins contents by a separator. */
export function joined(contents: readonly Content[], separator: Content = ', '): Content[] {
  return contents.flatMap((content, index) => (index === 0 ? [content] : [separator, content]));
}

/** A row of a list of terms; nothing where there is no value. */
export function term(name: string, value: Content): Fragment {
  if (value === '' || value === undefined || value === null || value === false) return html``;
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}
