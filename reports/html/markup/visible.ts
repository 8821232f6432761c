/** Owns what a reader sees of characters that would otherwise be invisible or rearrange the text around them. */

/**
 * Controls (C0, C1, DEL), format characters (all bidi controls among them), lone surrogates and the line separators.
 * ZWNJ and ZWJ stay: scripts and emoji need them, and they reorder nothing.
 */
const INVISIBLE = /(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/** The names of C0; control pictures would do as well, but few fonts have them and none are readable when small. */
const C0 =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US';
const NAMES = C0.split(' ');

/** The visible mark for one invisible character: its name where it has a well-known one, else its code point. */
export function markFor(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const name = code === 0x7f ? 'DEL' : NAMES[code];
  if (name !== undefined) return name;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Calls `mark` for each invisible character and joins what it gives with the text between, which goes through `plain`. */
export function replaceInvisible(
  text: string,
  mark: (character: string) => string,
  plain: (between: string) => string = (between) => between,
): string {
  let out = '';
  let from = 0;
  for (const match of text.matchAll(INVISIBLE)) {
    out += plain(text.slice(from, match.index)) + mark(match[0]);
    from = match.index + match[0].length;
  }
  return out + plain(text.slice(from));
}

/** The text with every invisible character replaced by a mark in plain characters: for attributes and for vega. */
export function visibleText(text: string): string {
  return replaceInvisible(text, (character) => `[${markFor(character)}]`);
}

/** At most `limit` characters of the visible text, cut by an ellipsis; never splits a surrogate pair. */
export function shorten(text: string, limit: number): string {
  // Cutting before cleaning bounds the work on very long strings; a pair split here shows as a mark past the cut.
  const characters = [...visibleText(text.slice(0, limit * 4))];
  return characters.length > limit ? characters.slice(0, limit - 1).join('') + '…' : characters.join('');
}
