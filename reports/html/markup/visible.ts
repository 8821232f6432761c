/** Owns what a reader sees of characters that would otherwise be invisible or rearrange the text around them. */

/**
 * Controls (C0, C1, DEL), format characters (all bidi controls among them), lone surrogates and the line separators.
 * ZWNJ and ZWJ stay: scripts and emoji need them, and they reorder nothing.
 */
const INVISIBLE = /(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/** The visible mark for one invisible character: a control picture where Unicode has one, else its code point. */
export function markFor(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
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
  return replaceInvisible(text, (character) => {
    const mark = markFor(character);
    return mark.startsWith('U+') ? `[${mark}]` : mark;
  });
}

/** At most `limit` characters of the visible text, cut by an ellipsis; never splits a surrogate pair. */
export function shorten(text: string, limit: number): string {
  // Cutting before cleaning bounds the work on very long strings; a pair split here shows as a mark past the cut.
  const characters = [...visibleText(text.slice(0, limit * 4))];
  return characters.length > limit ? characters.slice(0, limit - 1).join('') + '…' : characters.join('');
}
