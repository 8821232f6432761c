/** Records out of hostile text: whatever a guest or runtime writes, reading never throws and damage is counted. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { randomFrom } from '../stats/random.ts';
import { parseRecords, word } from './records.ts';

const K = 'abc123';
const record = (mark: string, fields: object) => `${mark} ${JSON.stringify({ k: K, ...fields })}`;
const begun = record('>', { n: 0, probe: 'probe-p1', mono: '5', real: '6' });
const ended = record('<', { n: 0, mono: '7', real: '8' });
const call = [record('>', { n: 1 }), record('<', { n: 1, r: ['0'], m: [[4096, 2, 'ff00']] })];
const parse = (...lines: string[]) => parseRecords(lines.join('\n'), K);

describe('records as a probe writes them', () => {
  test('are read', () => {
    const read = parse(begun, ...call, ended);
    assert.deepEqual(read.begun, { probe: 'probe-p1', monotonicNs: 5n, realtimeNs: 6n });
    assert.deepEqual(read.ended, { monotonicNs: 7n, realtimeNs: 8n });
    assert.deepEqual(read.begins, [1]);
    assert.deepEqual(read.ends.get(1)?.r, [0n]);
    assert.deepEqual(read.ends.get(1)?.m, [[4096, 2, 'ff00']]);
    assert.equal(read.damaged, 0);
  });
  test('a script error keeps its line', () => {
    assert.deepEqual(parse(begun, record('!', { n: 3, error: 'unknown name' })).scriptError, {
      line: 3,
      error: 'unknown name',
    });
  });
  test('a long block shows its beginning and its true length', () => {
    const shown = record('<', { n: 1, r: [], m: [[0, 100_000, 'ab'.repeat(65_536)]] });
    assert.equal(parse(begun, call[0]!, shown).ends.size, 1);
  });
});

describe('lines that are no records', () => {
  test('another nonce is not ours, and no damage', () => {
    const read = parse('> {"k":"other","n":0,"mono":"1","real":"1"}', begun);
    assert.equal(read.begun?.monotonicNs, 5n);
    assert.equal(read.damaged, 0);
  });
  test('the nonce must be in its field', () => {
    assert.equal(parse(`> {"k":"x","n":0,"mono":"1","real":"1","y":"${K}"}`).begun, undefined);
  });
  test("what stood there before the first record is an earlier trial's", () => {
    assert.equal(
      parse('late words of another case', begun, 'trap: out of bounds').otherText,
      'trap: out of bounds',
    );
  });
  test("without any record everything is the runtime's word", () => {
    assert.equal(parse('Error: no such module').otherText, 'Error: no such module');
  });
  test("warnings of Node are nobody's reason", () => {
    const read = parse(
      begun,
      '(node:812) TimeoutOverflowWarning: 3600000000 does not fit into a 32-bit signed integer.',
      'Timeout duration was set to 1.',
      '(Use `node --trace-warnings ...` to show where the warning was created)',
      'RuntimeError: unreachable',
    );
    assert.equal(read.otherText, 'RuntimeError: unreachable');
  });
});

const HOSTILE: Record<string, string> = {
  'cut JSON': record('<', { n: 1, r: ['0'] }).slice(0, -1),
  'a list': `< ["${K}"]`,
  'a text': `< "${K}"`,
  'null behind the nonce': `< null "${K}"`,
  'no number': record('<', { n: '1', r: [] }),
  'a negative number': record('<', { n: -1, r: [] }),
  'a fraction': record('<', { n: 1.5, r: [] }),
  'an end without its begin': record('<', { n: 9, r: [] }),
  'a result that is a number': record('<', { n: 1, r: [5] }),
  'a negative result': record('<', { n: 1, r: ['-5'] }),
  'a result beyond 64 bits': record('<', { n: 1, r: ['18446744073709551616'] }),
  'a block of no memory': record('<', { n: 1, r: [], m: [[-4, 2, 'ffff']] }),
  'a block of negative length': record('<', { n: 1, r: [], m: [[4, -2, '']] }),
  'a block with more than its length': record('<', { n: 1, r: [], m: [[4, 1, 'ffff']] }),
  'a block in no hex': record('<', { n: 1, r: [], m: [[4, 1, 'zz']] }),
  'a block with an unsafe address': `< {"k":"${K}","n":1,"m":[[1e400,1,"ff"]]}`,
  'a beginning without clocks': record('>', { n: 0, mono: 5, real: 6 }),
  'an object for a clock': `> {"k":"${K}","n":0,"mono":{"toString":1},"real":"1"}`,
  'a __proto__ for the nonce': `< {"__proto__":{"k":"${K}"},"n":1}`,
  'deep nesting, cut': `< {"k":"${K}","n":1,"m":${'['.repeat(200_000)}`,
  'deep nesting, closed': `< {"k":"${K}","n":1,"m":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
};

describe('hostile records', () => {
  for (const [label, line] of Object.entries(HOSTILE))
    test(`${label}: counted as damaged, the rest is read`, () => {
      const read = parse(call[0]!, line, record('>', { n: 2 }));
      assert.equal(read.damaged, 1);
      assert.deepEqual(read.begins, [1, 2]);
      assert.equal(read.ends.size, 0);
      assert.equal(read.begun, undefined);
    });

  test('a second end does not replace the first', () => {
    const read = parse(begun, ...call, record('<', { n: 1, r: ['7'] }), record('>', { n: 1 }));
    assert.deepEqual(read.ends.get(1)?.r, [0n]);
    assert.deepEqual(read.begins, [1]);
    assert.equal(read.damaged, 2);
  });
  test('a second beginning and a second last word change nothing', () => {
    const again = record('>', { n: 0, probe: 'x', mono: '1', real: '1' });
    const read = parse(begun, again, ended, record('<', { n: 0, mono: '1', real: '1' }));
    assert.equal(read.begun?.monotonicNs, 5n);
    assert.equal(read.ended?.monotonicNs, 7n);
    assert.equal(read.damaged, 2);
  });
  test('words that are objects without a text do not throw', () => {
    const read = parse(
      `> {"k":"${K}","n":0,"mono":"1","real":"2","probe":{"toString":1,"valueOf":1}}`,
      `! {"k":"${K}","n":3,"error":{"toString":1,"valueOf":1}}`,
    );
    assert.deepEqual(read.scriptError, { line: 3, error: 'unknown' });
    assert.equal(read.begun?.probe, '');
  });
  test('__proto__ pollutes nothing', () => {
    parse(
      begun,
      call[0]!,
      `< {"k":"${K}","n":1,"r":[],"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}`,
    );
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
  });
  test('a huge text is cut, huge counts of records end', () => {
    assert.equal(parse(begun, 'x'.repeat(5_000_000)).otherText.length, 16_384);
    const many = Array.from({ length: 200_500 }, (_, index) => record('>', { n: index + 1 }));
    assert.equal(parseRecords(many.join('\n'), K).begins.length, 200_000);
  });
  test('records damaged at random never throw, and what is read is sound', () => {
    const whole = [begun, ...call, ended].join('\n');
    const random = randomFrom(3, 'damage');
    for (let round = 0; round < 3000; round += 1) {
      const place = Math.floor(random.nextUnit() * whole.length);
      const junk = String.fromCharCode(random.nextUint32() % 128);
      const cut = Math.floor(random.nextUnit() * 4);
      const read = parseRecords(whole.slice(0, place) + junk + whole.slice(place + cut), K);
      for (const end of read.ends.values()) {
        assert.ok(read.begins.includes(end.n));
        assert.ok(end.r.every((one) => one >= 0n && one < 2n ** 64n));
      }
    }
  });
});

test('a word is a decimal of at most 64 bits', () => {
  assert.equal(word('18446744073709551615'), 2n ** 64n - 1n);
  for (const text of ['18446744073709551616', '-1', '', '0x1', '1e3', 5, null])
    assert.equal(word(text), undefined, String(text));
});
