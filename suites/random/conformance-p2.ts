/** Owns what preview 2's random functions return: as many bytes as asked for, fresh and unlike each other where promised. */

import { ok } from '../../harness/contracts/expect.ts';
import { at } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { BYTES, INSECURE_BYTES, INSECURE_SEED, INSECURE_U64, U64 } from './functions-p2.ts';
import { bytesOf, differ, isFilled, looksRandom, sumOfLastBytes, wordsVary } from './randomness.ts';
import { INSECURE, RANDOM, SEED } from './spec.ts';

const P2 = { wasi: 'p2', guest: 'probe-p2-random' } as const;

/** A lifted list is cut there; the digest knows its true length. */
const LIFTED_BYTES = 65_536;

/** 256 and 65,536 are the limits of getentropy and of Web Crypto's getRandomValues: neither is one of WASI. */
const LENGTHS = [0, 1, 31, 32, 256, 257, 65_536, 65_537, 1_048_576];

const lengths = LENGTHS.flatMap((length): ConformanceCase[] => {
  const many = ok(
    `${length} bytes`,
    (value) => value instanceof Uint8Array && value.length === Math.min(length, LIFTED_BYTES),
  );
  const words = length.toLocaleString('en');
  return [
    {
      ...P2,
      id: `get-random-bytes/${length}-bytes`,
      title: `get-random-bytes returns ${words} bytes, none of them left out`,
      spec: RANDOM.bytes,
      script: (s) => {
        const step = s.call(BYTES, BigInt(length));
        s.expect(step, many);
        const list = s.digest(at`u32[${step.area}]`, at`u32[${step.area} + 4]`);
        s.check(`${length} bytes without a long run of zeros`, [list], ({ values }) =>
          isFilled(values[0], length),
        );
      },
    },
    {
      ...P2,
      // "There are no requirements on the values of the returned bytes."
      id: `get-insecure-random-bytes/${length}-bytes`,
      title: `get-insecure-random-bytes returns ${words} bytes`,
      spec: INSECURE.bytes,
      script: (s) => {
        const step = s.call(INSECURE_BYTES, BigInt(length));
        s.expect(step, many);
        const list = s.digest(at`u32[${step.area}]`, at`u32[${step.area} + 4]`);
        s.check(
          `${length} bytes`,
          [list],
          ({ values: [seen] }) =>
            (seen?.kind === 'digest' && seen.length === length) || `not ${length} bytes`,
        );
      },
    },
  ];
});

const CALLS = 32;

const lastBytes = [1, 31, 257, 65_537].map(
  (length): ConformanceCase => ({
    ...P2,
    id: `get-random-bytes/${length}-bytes-to-the-last`,
    title: `The last of ${length.toLocaleString('en')} random bytes is random too`,
    spec: RANDOM.bytes,
    script: (s) => {
      const area = s.alloc(8, 4);
      const sum = sumOfLastBytes(s, CALLS, () => {
        s.raw(BYTES, [length, area]);
        return at`u32[${area}] + ${length - 1}`;
      });
      s.check(
        `the last byte is not 0 in all of ${CALLS} calls`,
        [sum],
        ({ values }) => bytesOf(values[0]).some((byte) => byte !== 0) || 'the last byte is always 0',
      );
    },
  }),
);

const WORDS = 1_000;

const fresh: ConformanceCase[] = [
  {
    ...P2,
    id: 'get-random-bytes/calls-differ',
    title: 'Two calls of get-random-bytes return different data',
    spec: RANDOM.bytes,
    script: (s) => {
      const steps = [s.call(BYTES, 32n), s.call(BYTES, 32n)];
      s.check('the two differ', steps, ({ values }) => differ(bytesOf(values[0]), bytesOf(values[1]), 32));
    },
  },
  {
    ...P2,
    id: 'get-random-bytes/runs-differ',
    title: 'get-random-bytes returns different data in two runs of the program',
    spec: RANDOM.bytes,
    runs: 2,
    script: (s) => {
      const step = s.call(BYTES, 32n);
      s.check('the two runs differ', [step], ({ runs }) =>
        differ(bytesOf(runs[0]?.[0]), bytesOf(runs[1]?.[0]), 32),
      );
    },
  },
  {
    ...P2,
    id: 'get-random-bytes/looks-random',
    title:
      '64 KiB of get-random-bytes have as many ones as zeros, all byte values, and no block of 16 bytes twice',
    spec: RANDOM.bytes,
    script: (s) => {
      const step = s.call(BYTES, 65_536n);
      s.check('looks random', [step], ({ values }) => looksRandom(bytesOf(values[0])));
    },
  },
  {
    ...P2,
    id: 'get-random-u64/returns',
    title: 'get-random-u64 returns a word',
    spec: RANDOM.u64,
    script: (s) =>
      s.expect(
        s.call(U64),
        ok('a word', (value) => typeof value === 'bigint'),
      ),
  },
  {
    ...P2,
    id: 'get-random-u64/words-vary',
    title: '1,000 words of get-random-u64 are all different, and each of their 64 bits varies',
    spec: RANDOM.u64,
    script: (s) => {
      const words = s.alloc(WORDS * 8);
      s.loop(WORDS, (index) => s.store('u64', at`${words} + ${index} * 8`, s.raw(U64, []).result));
      s.check('all different, each bit varies', [s.show(words, WORDS * 8)], ({ values }) =>
        wordsVary(bytesOf(values[0]), WORDS),
      );
    },
  },
  {
    ...P2,
    id: 'get-random-u64/runs-differ',
    title: 'get-random-u64 returns different words in two runs of the program',
    spec: RANDOM.u64,
    runs: 2,
    script: (s) => {
      // Two words are both the same by chance once in 2^128.
      const steps = [s.call(U64), s.call(U64)];
      s.check('the two runs differ', steps, ({ runs }) => {
        const [one, other] = runs.map((run) =>
          run.map((seen) => (seen.kind === 'ok' ? String(seen.value) : seen.kind)).join(' '),
        );
        return one !== other || `both runs returned ${one}`;
      });
    },
  },
];

const insecure: ConformanceCase[] = [
  {
    ...P2,
    id: 'get-insecure-random-u64/returns',
    title: 'get-insecure-random-u64 returns a word',
    spec: INSECURE.u64,
    script: (s) =>
      s.expect(
        s.call(INSECURE_U64),
        ok('a word', (value) => typeof value === 'bigint'),
      ),
  },
  {
    ...P2,
    id: 'insecure-seed/returns',
    title: 'insecure-seed returns two words',
    spec: SEED,
    script: (s) =>
      s.expect(
        s.call(INSECURE_SEED),
        ok('two words', (value) => Array.isArray(value) && value.length === 2),
      ),
  },
  {
    ...P2,
    // It is "intended to only be called once", which is no permission to fail, and "may even be entirely deterministic".
    id: 'insecure-seed/again',
    title: 'insecure-seed can be called more than once',
    spec: SEED,
    script: (s) => {
      for (const step of [s.call(INSECURE_SEED), s.call(INSECURE_SEED), s.call(INSECURE_SEED)])
        s.expect(
          step,
          ok('two words', (value) => Array.isArray(value) && value.length === 2),
        );
    },
  },
];

export const valuesP2: ConformanceCase[] = [...lengths, ...lastBytes, ...fresh, ...insecure];
