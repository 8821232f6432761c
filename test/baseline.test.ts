/** Stored runs that were harmed, edited or are of another time, wrong usage of gate, compare and baseline, and baselines by name. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RunResult } from '../harness/contracts/run.ts';
import { before, identity, json, slower, stored, wasimeter, workplace } from './storedRuns.ts';

describe('a stored run that is not as it should be is refused with its field and exit code 2', () => {
  const edited = (change: (run: RunResult) => void) => {
    const run = stored('before');
    change(run);
    return json(run);
  };
  const first = (run: RunResult) => run.performance[0]!;
  const refused: [string, string, RegExp][] = [
    [
      'another schema version',
      before.replace('run@1', 'run@7'),
      /schema: it is wasimeter\/run@7, this wasimeter reads/,
    ],
    ['a truncated file', before.slice(0, 1000), /cannot be read as JSON/],
    [
      'an edited value',
      edited((run) => {
        first(run).value *= 0.9;
      }),
      /performance\.0\.value: is not what its samples come to/,
    ],
    [
      'a huge number',
      before.replace(/"p99":200/, '"p99":1e300'),
      /performance\.0\.p99: is larger than anything/,
    ],
    [
      'a huge sample',
      edited((run) => {
        first(run).samples[3] = 1e30;
      }),
      /performance\.0\.samples\.3: is larger/,
    ],
    [
      'NaN, which JSON writes as null',
      edited((run) => {
        first(run).value = Number.NaN;
      }),
      /performance\.0\.value: .*number/,
    ],
    [
      'no samples',
      edited((run) => {
        first(run).samples = [];
      }),
      /performance\.0\.samples: has 0 figures/,
    ],
    [
      'more samples than processes',
      edited((run) => {
        first(run).rounds = 3;
      }),
      /performance\.0\.samples: has more figures/,
    ],
    [
      '__proto__',
      before.replace('"parameters":{}', '"parameters":{"__proto__":1}'),
      /performance\.0\.parameters\.__proto__/,
    ],
    [
      'markup for a name',
      edited((run) => {
        first(run).case = '<img src=x>';
      }),
      /performance\.0\.case: is no id/,
    ],
    [
      'a benchmark twice',
      edited((run) => {
        run.performance.push(first(run));
      }),
      /performance\.4: stands there twice/,
    ],
    [
      'another estimator',
      edited((run) => {
        for (const one of run.performance) one.identity = { ...identity, estimator: 'old/1' };
      }),
      /identity\.estimator: its figures are of estimator old\/1, .*save it again/,
    ],
    [
      'another guest',
      edited((run) => {
        for (const one of run.performance) one.identity = { ...identity, guestHash: 'sha256:0' };
      }),
      /identity\.guestHash: its guest was rebuilt since: save it again/,
    ],
    [
      'another machine',
      edited((run) => {
        run.machine.cpuModel = 'Z80';
      }),
      /machine: the baseline is of another machine: processor \(Z80, now .*--any-machine/,
    ],
    [
      'no figures',
      edited((run) => {
        run.performance = [];
      }),
      /performance: it is empty/,
    ],
  ];
  for (const [label, text, message] of refused)
    test(label, async () => {
      const folder = workplace({ 'before.json': text, 'after.json': slower });
      const { code, stdout, stderr } = await wasimeter(
        folder,
        'gate',
        '--baseline',
        'before.json',
        '--candidate',
        'after.json',
      );
      assert.equal(code, 2, stdout);
      assert.match(
        stderr,
        /^wasimeter: before\.json: [^\n]*\n$|^wasimeter: before\.json cannot be read[^\n]*\n$/,
      );
      assert.match(stderr, message);
    });

  test('another machine is taken by --any-machine, and said', async () => {
    const other = edited((run) => {
      run.machine.cpuModel = 'Z80';
    });
    const folder = workplace({ 'before.json': other, 'after.json': slower });
    const { code, stdout } = await wasimeter(
      folder,
      'gate',
      '--baseline',
      'before.json',
      '--candidate',
      'after.json',
      '--any-machine',
    );
    assert.equal(code, 1);
    assert.match(stdout, /different machines: processor \(Z80, now /);
    const compared = await wasimeter(folder, 'compare', 'before.json', 'after.json');
    assert.equal(compared.code, 0, compared.stderr);
    assert.match(compared.stdout, /different machines: processor \(Z80/);
  });
});

describe('wrong usage ends with exit code 2 and a line', () => {
  const refused: [string, string[], RegExp][] = [
    ['a gate without a baseline', ['gate'], /against what\?/],
    ['a gate without a candidate', ['gate', '--baseline', 'node'], /needs a candidate/],
    [
      'a baseline that is not there',
      ['gate', '--baseline', 'nod', '--candidate', 'node'],
      /unknown runner 'nod'.*'node'/,
    ],
    ['a baseline file that is not there', ['gate', '--baseline', 'x.json'], /x\.json cannot be read/],
    ['one runner', ['compare', 'node'], /node is compared with what\?/],
    ['a run and a runner', ['compare', 'node', 'after.json'], /two runners or two stored runs/],
    ['executables of two runners', ['compare', 'node', 'jco', '--a-bin', 'x'], /go with one runner/],
    [
      'executables of stored runs',
      ['compare', 'after.json', 'after.json', '--b-bin', 'x'],
      /go with a runner/,
    ],
    [
      'a profile without benchmarks',
      ['compare', 'node', 'jco', '--profile', 'conformance'],
      /measures no benchmarks/,
    ],
    [
      'cases without benchmarks',
      ['compare', 'node', 'jco', '--case', 'clock_time_get/bad-id*'],
      /no (benchmark is left|case matches)/,
    ],
    ['a name that is a path', ['baseline', 'save', '../x'], /is no baseline's name/],
    ["a runner's name", ['baseline', 'save', 'node', 'after.json'], /is a runner's id/],
    ['a baseline that is not there', ['baseline', 'show', 'main'], /unknown baseline 'main'/],
    ['no run to keep', ['baseline', 'save', 'main'], /no finished run with benchmarks/],
  ];
  for (const [label, args, message] of refused)
    test(`${label}: ${args.join(' ')}`, async () => {
      const { code, stderr } = await wasimeter(workplace({ 'after.json': slower }), ...args);
      assert.equal(code, 2, stderr);
      assert.match(stderr, message);
      assert.match(stderr, /^wasimeter: [^\n]*\n$/);
    });
});

test('a baseline is kept, listed, shown, not overwritten unasked, and found by its name', async () => {
  const folder = workplace({ 'before.json': before, 'after.json': slower });
  assert.equal((await wasimeter(folder, 'baseline', 'save', 'main', 'before.json')).code, 0);
  const again = await wasimeter(folder, 'baseline', 'save', 'main', 'after.json');
  assert.equal(again.code, 2);
  assert.match(again.stderr, /--force/);
  assert.match((await wasimeter(folder, 'baseline', 'list')).stdout, /^main\tbefore\t.*\tnode\t4\n$/);
  assert.match(
    (await wasimeter(folder, 'baseline', 'show', 'main')).stdout,
    /^node\t1\tjit\t$[\s\S]*p1 clocks\/call\/0 +node/m,
  );
  assert.equal((await wasimeter(folder, 'gate', '--baseline', 'main', '--candidate', 'after.json')).code, 1);
});
