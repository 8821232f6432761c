/** A mistyped word is answered with the nearest valid one, or with all there are. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unknownWord } from './unknownWord.ts';

test('a word that is near none is answered with all there are', () => {
  const { message } = unknownWord('suite', 'xyzzy', ['clocks', 'random']);
  assert.equal(message, "unknown suite 'xyzzy' (there are: clocks, random)");
});

test('a word where there are none says so', () => {
  const { message } = unknownWord('mode of node', 'aot', [], '--runner');
  assert.equal(message, "unknown mode of node 'aot' in --runner (there are none)");
});
