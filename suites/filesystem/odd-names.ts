/** Owns the names out of the ordinary that cases of both previews give to entries. */

export const ODD_NAMES: readonly { id: string; name: string }[] = [
  { id: 'spaces', name: ' two  words ' },
  { id: 'dots', name: '...' },
  { id: 'hidden', name: '.hidden.' },
  { id: 'shell', name: '-*?"\'$`|&;<>' },
  { id: 'backslash', name: 'a\\b' },
  { id: 'control', name: 'line\nbreak\ttab\u0001\u007f' },
  { id: 'utf8', name: 'ünï-☃-😀' },
  { id: 'decomposed', name: 'e\u0301' },
  { id: 'composed', name: '\u00e9' },
  { id: 'noncharacter', name: '\uffff\ufeff' },
  { id: 'longest', name: 'n'.repeat(255) },
  { id: 'longest-utf8', name: '☃'.repeat(85) },
];
