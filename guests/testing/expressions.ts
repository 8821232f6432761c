/** Random expressions of the script language, with the value that TypeScript's BigInt arithmetic gives them. */

export interface Expression {
  text: string;
  value: bigint;
}

const OPERATORS: [string, number, (a: bigint, b: bigint) => bigint][] = [
  ['*', 4, (a, b) => a * b],
  ['+', 3, (a, b) => a + b],
  ['-', 3, (a, b) => a - b],
  ['&', 2, (a, b) => a & b],
  ['==', 1, (a, b) => BigInt(a === b)],
  ['!=', 1, (a, b) => BigInt(a !== b)],
  ['<', 1, (a, b) => BigInt(a < b)],
  ['>', 1, (a, b) => BigInt(a > b)],
];

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** An expression of at most that depth over the names given, with brackets only where its value needs them. */
export function randomExpression(
  random: () => number,
  names: Record<string, bigint>,
  depth: number,
): Expression {
  const { text, value } = make(random, Object.entries(names), depth);
  return { text, value };
}

function make(random: () => number, names: [string, bigint][], depth: number): Expression & { rank: number } {
  if (depth === 0 || random() < 0.15) return leaf(random, names);
  const [sign, rank, apply] = pick(random, OPERATORS);
  const left = make(random, names, depth - 1);
  const right = make(random, names, depth - 1);
  const bracket = (side: { text: string }, needed: boolean) =>
    needed || random() < 0.1 ? `(${side.text})` : side.text;
  // All operators bind to the left, so an equal rank needs brackets on the right only.
  const text = `${bracket(left, left.rank < rank)}${sign}${bracket(right, right.rank <= rank)}`;
  return { text, rank, value: BigInt.asUintN(64, apply(left.value, right.value)) };
}

function leaf(random: () => number, names: [string, bigint][]): Expression & { rank: number } {
  const number = BigInt(Math.floor(random() * 2 ** pick(random, [3, 16, 32, 52])));
  const [name, bound] = pick(random, names);
  const kinds: [string, bigint][] = [
    [`${number}`, number],
    [`0x${number.toString(16)}`, number],
    [`-${number}`, BigInt.asUintN(64, -number)],
    [`$${name}`, bound],
  ];
  const [text, value] = pick(random, kinds);
  return { text, value, rank: 5 };
}

function pick<T>(random: () => number, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)]!;
}
