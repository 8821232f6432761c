/** Scripts as suites write them: the lines they become, and mistakes that name the function. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { at, type ScriptBuilder } from '../contracts/script.ts';
import { buildBench } from './benchScript.ts';
import { buildScript } from './builder.ts';

const linesOf = (wasi: 'p1' | 'p2', script: (s: ScriptBuilder) => void) => buildScript(wasi, script).lines;

describe('lines of a script', () => {
  test('a preview 1 call gets a place for its result and shows it', () => {
    assert.deepEqual(
      linesOf('p1', (s) => s.call('clock_time_get', 'monotonic', 1n)),
      ['alloc a1 8 8', 'call clock_time_get 1 1 $a1 -> r2 show $a1 8'],
    );
  });

  test('a preview 2 call gets a return area, a record is passed flat, a returned handle is an expression', () => {
    const lines = linesOf('p2', (s) => {
      const list = s.call('wasi:random/random#get-random-bytes', 3n);
      s.drop('wasi:io/poll#pollable', list.value);
    });
    assert.deepEqual(lines, [
      'alloc a1 8 4',
      'call wasi:random/random#get-random-bytes 3 $a1 -> r2 show $a1 8',
      'call wasi:io/poll#[resource-drop]pollable u64[$a1+0] -> r3',
    ]);
  });

  test('strings are quoted, flags and options become words', () => {
    const lines = linesOf('p2', (s) =>
      s.call(
        'wasi:filesystem/types#[method]descriptor.open-at',
        3,
        ['symlink-follow'],
        'a"\n€',
        ['create', 'exclusive'],
        [],
      ),
    );
    assert.deepEqual(lines.slice(0, 2), ['alloc a1 6 1', 'put $a1 "a\\"\\x0a\\xe2\\x82\\xac"']);
    assert.match(lines.at(-1)!, /open-at 3 1 \$a1 6 5 0 \$a2 -> r3 show \$a2 8$/);
  });

  test('plain statements and loops are written as they are, and steps inside a loop are not recorded', () => {
    const { lines, steps } = buildScript('p1', (s) => {
      const place = s.alloc(16);
      s.put(place, 'hi');
      s.store('u16', at`${place} + 4`, 7);
      s.fill(place, 2, 255);
      s.loop(3, (index) => void s.raw('sched_yield', [index]));
      s.show(place, 16);
      s.exit(2);
    });
    assert.deepEqual(lines, [
      'alloc a1 16 8',
      'put $a1 "hi"',
      'store u16 ($a1)+4 7',
      'fill $a1 2 255',
      'loop i2 3',
      'call sched_yield $i2 -> r3',
      'end',
      'show $a1 16',
      'exit 2',
    ]);
    assert.deepEqual(
      steps.map((step) => step.line),
      [5, 8, 9],
    );
  });
});

describe('mistakes in a script', () => {
  const refuses = (wasi: 'p1' | 'p2', script: (s: ScriptBuilder) => void, message: RegExp) =>
    assert.throws(() => buildScript(wasi, script), { name: 'TypeError', message });

  test('an unknown function is named', () =>
    refuses('p1', (s) => s.call('clock_tim_get', 1), /p1 has no function 'clock_tim_get'/));
  test('an unknown function is named in raw calls too', () =>
    refuses('p2', (s) => s.raw('clock_time_get', []), /p2 has no function 'clock_time_get'/));
  test('the wrong number of arguments names the function and its parameters', () =>
    refuses(
      'p1',
      (s) => s.call('clock_time_get', 1),
      /^clock_time_get takes 2 arguments \(id, precision\), not 1$/,
    ));
  test('an unknown name of an enum names the function and the valid ones', () =>
    refuses(
      'p1',
      (s) => s.call('clock_time_get', 'monotonik', 1n),
      /^clock_time_get: 'monotonik' is none of realtime, monotonic/,
    ));
  test('an unknown flag is named', () =>
    refuses(
      'p1',
      (s) => s.call('fd_fdstat_set_flags', 3, ['apend']),
      /^fd_fdstat_set_flags: 'apend' is none of/,
    ));
  test('a missing field is named even beside wide integers', () =>
    refuses(
      'p2',
      (s) =>
        s.call(
          'wasi:filesystem/types#[method]descriptor.set-times',
          3,
          { tag: 'now' },
          {
            tag: 'timestamp',
            value: { seconds: 1n },
          },
        ),
      /set-times: field 'nanoseconds' is missing in \{seconds: 1\}/,
    ));
  test('a fraction is no integer', () =>
    refuses('p1', (s) => s.call('clock_time_get', 1, 0.5), /^clock_time_get: 0\.5 is no value/));
});

describe('scripts of benchmarks', () => {
  const latency = { id: 'x', wasi: 'p1', title: 'x', guest: 'probe-p1', metric: 'latency' } as const;
  const bench = (key: number) =>
    buildBench({ ...latency, bench: (s) => s.time('random_get', [s.alloc(32), 32]) }, key);

  test('the timed call stands in a bench line with its key', () => {
    assert.deepEqual(bench(12).setup, ['alloc ak12x1 32 8']);
    assert.equal(bench(12).bench, 'bench 12 5 500000 random_get $ak12x1 32');
  });
  test('the key is no part of what identifies the series, the call is', () => {
    assert.equal(bench(12).scriptHash, bench(9).scriptHash);
    const other = buildBench({ ...latency, bench: (s) => s.time('random_get', [s.alloc(32), 31]) }, 12);
    assert.notEqual(other.scriptHash, bench(12).scriptHash);
  });
  test('none or two timed calls are refused', () => {
    assert.throws(() => buildBench({ ...latency, bench: () => {} }, 1), /'x' times 0 calls/);
    const twice = () =>
      buildBench({ ...latency, bench: (s) => [0, 0].forEach(() => void s.time('sched_yield', [])) }, 1);
    assert.throws(twice, /'x' times 2 calls/);
  });
});
