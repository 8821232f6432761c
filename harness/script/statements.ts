/** Writes the lines of a script: numbering, names, escapes. Knows no types. */

import type { Slot } from '../contracts/script.ts';
import { checkedExpression } from './expressionSyntax.ts';

export type Word = Slot | number | bigint;

export interface StatementWriter {
  /** Adds a line and returns its number, from 1. */
  add(...words: string[]): number;
  /** A name no other statement of this script uses. */
  fresh(prefix: string): string;
  lines(): string[];
}

/** An empty script. `firstLine` is the number of its first line where several pieces are joined. */
export function writeStatements(prefix = '', firstLine = 1): StatementWriter {
  const lines: string[] = [];
  let names = 0;
  return {
    add: (...words) => {
      lines.push(words.join(' '));
      return firstLine + lines.length - 1;
    },
    fresh: (kind) => {
      names += 1;
      return `${kind}${prefix}${names}`;
    },
    lines: () => lines,
  };
}

/** A word as the script writes it. Throws a TypeError for an expression that is none. */
export function wordText(value: Word): string {
  return typeof value === 'object' ? checkedExpression(value.expression) : String(value);
}

/** Bytes as a quoted text. */
export function quoted(bytes: Uint8Array): string {
  let text = '"';
  for (const byte of bytes) {
    if (byte === 0x22 || byte === 0x5c) text += `\\${String.fromCharCode(byte)}`;
    else if (byte >= 0x20 && byte < 0x7f) text += String.fromCharCode(byte);
    else text += `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return `${text}"`;
}
