/** Owns the tests of grouping, order and comparison: what the sections take for granted. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeRun } from '../fixtures/run.ts';
import { groupCases } from './cases.ts';
import { compare, groupFigures, labelOf, shortName } from './figures.ts';
import { countedOutcome, isUnexpected, tally } from './outcomes.ts';
import { adapterNote, orderWasi, seatRunners, tookPart } from './roster.ts';

describe('outcomes', () => {
  it('counts every record once, and an unknown word as the harness’s error', () => {
    const { conformance } = makeRun();
    const all = tally(conformance);
    assert.equal(all.pass + all.xfail + all.skip + all.unexpected, conformance.length);
    assert.ok(isUnexpected('no such outcome'));
    assert.equal(countedOutcome(2, 'crash'), '2 crashes');
  });
});

describe('cases', () => {
  it('come with the gravest outcome first', () => {
    const [p1] = groupCases(makeRun());
    const filesystem = p1?.suites.find((one) => one.suite === 'filesystem');
    assert.deepEqual(
      filesystem?.cases.slice(0, 4).map((one) => one.records[0]?.outcome),
      ['fail', 'fail', 'xpass', 'xfail'],
    );
  });
});

describe('roster', () => {
  it('seats runners in the run’s order, and those that only records name', () => {
    const run = makeRun();
    const [record] = run.conformance;
    if (record) record.runner = 'stranger';
    const roster = seatRunners(run);
    assert.deepEqual(
      roster.seats.map((seat) => `${seat.key} ${seat.id}`),
      ['r0 node', 'r1 jco', 'r2 wasmtime', 'r3 wasmedge', 'r4 wasmtime@48', 'r5 stranger'],
    );
    assert.equal(tookPart(roster.of('wasmtime@48')), false);
    assert.equal(adapterNote(roster.of('jco'), 'p1'), 'through the preview 1 component adapter');
    assert.equal(adapterNote(roster.of('jco'), 'p2'), undefined);
    assert.equal(adapterNote(roster.of('jco'), 'toString'), undefined);
    assert.deepEqual(orderWasi(['p2', 'odd', 'p1']), ['p1', 'p2', 'odd']);
  });
});

describe('figures', () => {
  it('are compared only where their intervals allow it', () => {
    const [clocks] = groupFigures(makeRun(), 'latency');
    const words = clocks?.rows.map((row) => row.figures.map((one) => compare(one, row)));
    assert.deepEqual(words, [
      ['× 2.10', '× 151', 'lowest', '× 1.41'],
      ['× 2.03', '× 37.0', 'lowest', 'not told apart from the lowest'],
    ]);
  });

  it('are named by their case and parameters', () => {
    const [record] = makeRun().performance;
    assert.ok(record);
    const named = { ...record, case: 'fd_read', parameters: { bytes: 4096, mode: 'direct' } };
    assert.equal(labelOf(named), 'fd_read, 4 KiB, mode=direct');
    assert.equal(labelOf(named, 'bytes'), 'fd_read, mode=direct');
    assert.equal(shortName('wasi:filesystem/types#[method]descriptor.stat'), 'descriptor.stat');
    assert.equal(shortName('wasi:clocks/monotonic-clock#now'), 'monotonic-clock#now');
    assert.equal(shortName('#1 a/b'), '#1 a/b');
  });
});
