/** Expressions: all that the probes understand is taken, mistakes say where. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomExpression, seeded } from '../../guests/testing/expressions.ts';
import { checkedExpression } from './expressionSyntax.ts';

test('whatever a probe evaluates is taken', () => {
  const random = seeded(7);
  for (let count = 0; count < 500; count += 1)
    checkedExpression(randomExpression(random, { a: 1n, b_2: 2n }, 6).text);
  for (const text of ['0', '-0x1F', '$memory-65536', 'u32[$a+4]*2', '((1))==u8[u64[$a]]', '1--1'])
    assert.equal(checkedExpression(text), text);
});

test('mistakes are refused, saying where', () => {
  for (const [text, message] of [
    ['', /at its end/],
    ['1+', /bracket is expected at its end/],
    ['(1', /'\)' is missing at its end/],
    ['u32[1)', /an operator is expected at '\)'/],
    ['1 + 2', /an operator is expected at ' \+ 2'/],
    ['$A', /is expected at '\$A'/],
    ['u12[1]', /is expected at 'u12\[1\]'/],
    ['undefined', /is expected at 'undefined'/],
    ['1]', /an operator is expected at '\]'/],
    ['('.repeat(65) + '1' + ')'.repeat(65), /nests deeper/],
  ] as const)
    assert.throws(() => checkedExpression(text), { name: 'TypeError', message });
});
