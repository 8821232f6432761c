/** Owns what a terminal can show: its width, its colours, and no character that could steer it. */

import { styleText } from 'node:util';

export type Paint = 'red' | 'green' | 'yellow' | 'bold' | 'dim';

export interface Terminal {
  /** Infinity where lines may be as long as they like: files and pipes don't wrap. */
  columns: number;
  paint(format: Paint, text: string): string;
}

/** What everything looks like in a file. */
export const PLAIN: Terminal = { columns: Number.POSITIVE_INFINITY, paint: (_, text) => text };

/** The terminal behind a stream; NO_COLOR and FORCE_COLOR are heeded as Node does it. */
export function terminalOf(stream: NodeJS.WriteStream): Terminal {
  return {
    columns: stream.isTTY ? stream.columns || 80 : Number.POSITIVE_INFINITY,
    paint: (format, text) => styleText(format, text, { stream, validateStream: true }),
  };
}

/** Controls, format characters (bidi among them), lone surrogates, line separators. Joiners stay: scripts and emoji need them. */
const STEERING = /(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/** The text on one line, with what would be invisible or steer the terminal escaped as in JavaScript: `\x1b`, `\u{202e}`. */
export function shown(text: string): string {
  return text.replaceAll(STEERING, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (character === '\n') return '\\n';
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}

/** How many columns a text takes, a character one: names and versions are hardly ever wider. */
export const widthOf = (text: string): number => [...text].length;
