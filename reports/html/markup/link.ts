/** Owns links out of the page: only http and https addresses become links, everything else stays text. */

import { type Content, type Fragment, html } from './html.ts';

/** The address in its normal form if a browser would fetch it by http or https, else undefined. */
export function webAddress(text: string): string | undefined {
  // URL drops tabs and line breaks silently: an address holding any control character is no address.
  if (!/^https?:\/\/[^\s\p{Cc}\p{Cf}\p{Cs}]+$/iu.test(text)) return undefined;
  try {
    return new URL(text).href;
  } catch {
    return undefined;
  }
}

/** A link where `text` is a web address, else the text itself. */
export function linkOrText(text: string, label: Content = text): Fragment {
  const address = webAddress(text);
  return address === undefined
    ? html`${text}`
    : html`<a href="${address}" rel="noreferrer noopener">${label}</a>`;
}
