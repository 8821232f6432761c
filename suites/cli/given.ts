/** Owns the arguments and environments that guests of every WASI version are given. */

export const many = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i));

/** Arguments that a guest is given. */
export const TEXTS: readonly { id: string; words: string; args: readonly string[] }[] = [
  { id: 'none', words: 'No arguments', args: [] },
  { id: 'one', words: 'One argument', args: ['a'] },
  { id: 'empty', words: 'An empty argument', args: [''] },
  { id: 'empty-between', words: 'Empty arguments between others', args: ['', 'a', '', '', 'b', ''] },
  { id: 'same', words: 'Arguments that are the same', args: ['a', 'a', 'b', 'a'] },
  {
    id: 'punctuation',
    words: 'Arguments of spaces, quotes, equal signs and what shells and options are made of',
    args: ['a=b', '=', 'two words', ' ', '"', "'", '\\', '$HOME', '*', '-x', '--', '--help', '%s', '@file'],
  },
  {
    id: 'non-ascii',
    words: 'Arguments beyond ASCII, composed and decomposed',
    args: ['é', 'e\u0301', '日本語', '😀', '\ufeff', '\u{10ffff}'],
  },
  {
    id: 'control',
    words: 'Arguments of control characters',
    args: ['\n', 'a\nb', '\t', '\r\n', '\x01\x1b\x7f'],
  },
  { id: 'thousand', words: 'A thousand arguments', args: many(1000, (i) => `argument ${i}`) },
  { id: 'long', words: 'An argument of 30,000 bytes', args: ['x'.repeat(29_999) + 'y'] },
  {
    id: 'longer',
    words: 'Arguments of 100,000 bytes in all',
    args: many(10, (i) => `${i}`.repeat(9_999)),
  },
];

export const record = (entries: readonly [string, string][]) =>
  Object.fromEntries(entries) as Record<string, string>;

/** Environments that a guest is given. */
export const VARIABLES: readonly { id: string; words: string; env: Record<string, string> }[] = [
  { id: 'none', words: 'No variables', env: {} },
  { id: 'one', words: 'One variable', env: { A: 'b' } },
  { id: 'empty', words: 'A variable of no value', env: { A: '' } },
  { id: 'equal-signs', words: 'Values with equal signs', env: { A: 'b=c', B: '=', C: '==', D: 'x=' } },
  {
    id: 'punctuation',
    words: 'Values of spaces, quotes and what shells are made of',
    env: { A: ' ', B: 'two words', C: '"', D: "'", E: '\\', F: '$A', G: '*', H: '--help', I: '%s' },
  },
  {
    id: 'non-ascii',
    words: 'Names and values beyond ASCII',
    env: { Ä: 'é', NAME: '日本語', E: 'e\u0301', EMOJI: '😀', LAST: '\u{10ffff}' },
  },
  {
    id: 'control',
    words: 'Values of control characters',
    env: { A: '\n', B: 'a\nB=c', C: '\t', D: '\x01\x1b\x7f' },
  },
  {
    id: 'odd-names',
    words: 'Names in small letters, with digits, points and hyphens',
    env: { a: '1', A: '2', '1': '3', 'a.b': '4', 'a-b': '5', _: '6', 'a b': '7' },
  },
  { id: 'long', words: 'A value of 30,000 bytes', env: { A: 'x'.repeat(29_999) + 'y', B: '' } },
  {
    id: 'longer',
    words: 'Variables of 100,000 bytes in all',
    env: record(many(10, String).map((i) => [`A${i}`, i.repeat(9_997)])),
  },
  {
    id: 'thousand',
    words: 'A thousand variables',
    env: record(many(1000, String).map((i) => [`V${i}`, `value ${i}`])),
  },
  {
    id: 'ten-thousand',
    words: 'Ten thousand variables',
    env: record(many(10_000, String).map((i) => [`V${i}`, i])),
  },
];

/** A text in a complaint. */
export const shortened = (text: string | undefined) =>
  text === undefined ? 'nothing' : JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
