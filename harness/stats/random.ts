/** Owns the seeded pseudo-random numbers: a run that is planned or judged again must come out the same. */

const MASK_64 = (1n << 64n) - 1n;

/** A stream of pseudo-random numbers. */
export interface Random {
  /** The next integer, 0 to 2^32 - 1. */
  nextUint32(): number;
  /** The next number in [0, 1), of 32 random bits. */
  nextUnit(): number;
}

/**
 * Returns a generator in exactly this state: xoshiro128** 1.1 of Blackman and Vigna ("Scrambled linear pseudorandom number
 * generators", ACM TOMS 47, 2021; https://prng.di.unimi.it/xoshiro128starstar.c). It passes BigCrush and needs 32-bit
 * arithmetic only, which JavaScript does without bigints. Not for secrets.
 *
 * @param state four 32-bit words, not all zero
 */
export function xoshiro128(state: readonly [number, number, number, number]): Random {
  let [a, b, c, d] = state.map((word) => word >>> 0) as [number, number, number, number];
  if ((a | b | c | d) === 0) throw new RangeError('xoshiro128** never leaves the state of zeros');
  const nextUint32 = (): number => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
  return { nextUint32, nextUnit: () => nextUint32() / 2 ** 32 };
}

/**
 * Returns the stream that belongs to a seed and labels, so that each benchmark has numbers of its own, whatever the order
 * in which benchmarks are judged. The state is spread from the seed by SplitMix64, as the authors of xoshiro advise: nearby
 * seeds then give unrelated streams.
 *
 * @param seed any safe integer
 * @param labels what the stream is for, e.g. the suite, case and runner
 */
export function randomFrom(seed: number, ...labels: readonly string[]): Random {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`a seed is a safe integer, not ${seed}`);
  // A string's JSON form keeps ('ab', 'c') and ('a', 'bc') apart.
  const start = BigInt.asUintN(64, BigInt(seed)) ^ (labels.length === 0 ? 0n : fnv1a(JSON.stringify(labels)));
  const [first, second] = splitMix64(start, 2) as [bigint, bigint];
  return xoshiro128([low(first), high(first), low(second), high(second)]);
}

/**
 * Returns the first `count` outputs of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014;
 * https://prng.di.unimi.it/splitmix64.c) from this state.
 */
export function splitMix64(state: bigint, count: number): bigint[] {
  return Array.from({ length: count }, (_, step) => {
    let z = (state + 0x9e3779b97f4a7c15n * BigInt(step + 1)) & MASK_64;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK_64;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK_64;
    return z ^ (z >> 31n);
  });
}

/** FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/), over the text's UTF-8. */
function fnv1a(text: string): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text))
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & MASK_64;
  return hash;
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function low(word: bigint): number {
  return Number(word & 0xffffffffn);
}

function high(word: bigint): number {
  return Number(word >> 32n);
}
