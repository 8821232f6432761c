/** Carrying out a plan: one trial's trouble stays its own, and an interrupted run executes only what is missing. */

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { ConformanceObservation, Observation } from '../contracts/observation.ts';
import type { ConformanceTrial, Plan } from '../contracts/plan.ts';
import type { Runner } from '../contracts/runner.ts';
import type { StartupCase } from '../contracts/suite.ts';
import { execute } from './execute.ts';
import { fakeCase, fakePlan, fakeRunner, fakeSuite, MISDEEDS } from './fakeRuntime.ts';
import { readJournal } from './journal.ts';
import { temporaryFolder } from './testProcesses.ts';

const STARTUP: StartupCase = {
  id: 'exit',
  wasi: 'p1',
  title: 'Startup',
  guest: 'fake',
  metric: 'startup',
  until: 'exit',
};

/** Executes in `folder`, which keeps the journal; `onStep` hears each step. */
function executeIn(
  folder: string,
  plan: Plan,
  onStep = () => {},
  signal = new AbortController().signal,
  unexpected: ConformanceTrial[] = [],
) {
  return execute(plan, {
    journalFile: join(folder, 'journal.ndjson'),
    cacheFolder: join(folder, 'cache'),
    scratchFolder: join(folder, 'scratch'),
    lacking: () => [],
    unexpected: () => unexpected,
    progress: { step: onStep, note: () => {} },
    signal,
  });
}

const cases = (observations: readonly Observation[]) =>
  observations.filter((one): one is ConformanceObservation => one.kind === 'conformance');
const noncesOf = (observations: readonly Observation[]) =>
  observations.flatMap((one) => (one.kind === 'timing' ? [one.nonce] : []));
const named = (observations: readonly Observation[], name: string) =>
  cases(observations).find((one) => one.case === name)!.end;
const runsOf = (observations: readonly Observation[]) =>
  cases(observations)
    .map((one) => `${one.case} ${one.run}`)
    .toSorted();
/** Compared as text of the same observations: a flood's 16 MiB would be no message for anybody. */
function assertJournaled(folder: string, seen: readonly Observation[]): void {
  const journal = readJournal(join(folder, 'journal.ndjson'));
  assert.ok(JSON.stringify(journal) === JSON.stringify(seen), 'the journal holds what was returned');
}
const startsIn = (folder: string) =>
  existsSync(join(folder, 'starts'))
    ? readFileSync(join(folder, 'starts'), 'utf8').split('\n').length - 1
    : 0;

test('what came out unexpected is run three times more, also where the journal holds the first attempt', async (t) => {
  const folder = temporaryFolder(t);
  const plan = fakePlan(fakeSuite([fakeCase('fine'), fakeCase('wavers')]), [fakeRunner(folder)]);
  const wavers = plan.conformance.filter((trial) => trial.case.id === 'wavers');
  await executeIn(folder, plan);
  const all = await executeIn(folder, plan, undefined, undefined, wavers);
  const attempts = cases(all)
    .map((one) => `${one.case} ${one.attempt ?? 0}`)
    .toSorted();
  assert.deepEqual(attempts, ['fine 0', 'wavers 0', 'wavers 1', 'wavers 2', 'wavers 3']);
});

describe('trouble of one trial', () => {
  test('a hang is a timeout, a flood is ended, and the run goes on', async (t) => {
    const folder = temporaryFolder(t);
    const suite = fakeSuite([
      fakeCase('hangs', MISDEEDS.hang),
      fakeCase('floods', MISDEEDS.flood),
      ...['a', 'b', 'c'].map((id) => fakeCase(id)),
    ]);
    const seen = await executeIn(folder, fakePlan(suite, [fakeRunner(folder)], 5000));
    assert.deepEqual(runsOf(seen), ['a 0', 'b 0', 'c 0', 'floods 0', 'hangs 0']);
    assert.equal(named(seen, 'hangs').timedOut, true);
    assert.equal(named(seen, 'floods').flooded, true);
    for (const id of ['a', 'b', 'c']) assert.equal(named(seen, id).exitCode, 0);
    assertJournaled(folder, seen);
    assert.equal(existsSync(join(folder, 'scratch')), false);
  });

  test('a case with a shorter limit than the plan is ended at its own', { timeout: 60_000 }, async (t) => {
    const folder = temporaryFolder(t);
    const suite = fakeSuite([{ ...fakeCase('hangs', MISDEEDS.hang), patience: 500 / 3_600_000 }]);
    const seen = await executeIn(folder, fakePlan(suite, [fakeRunner(folder)], 3_600_000));
    assert.equal(named(seen, 'hangs').timedOut, true);
  });

  test('a case that asks for patience is ended later than others', async (t) => {
    const folder = temporaryFolder(t);
    const suite = fakeSuite([
      fakeCase('hangs', MISDEEDS.hang),
      { ...fakeCase('waits', MISDEEDS.hang), patience: 3 },
    ]);
    const seen = cases(await executeIn(folder, fakePlan(suite, [fakeRunner(folder)], 1000)));
    assert.deepEqual(
      seen.map(({ end }) => end.timedOut),
      [true, true],
    );
    const lasted = (name: string) => {
      const one = seen.find((observation) => observation.case === name)!;
      return BigInt(one.endRealtimeNs) - BigInt(one.beginRealtimeNs);
    };
    assert.ok(lasted('waits') > lasted('hangs') * 2n, `${lasted('waits')} against ${lasted('hangs')} ns`);
  });

  test('a runner that throws, or cannot prepare, fails its own trials only', async (t) => {
    const folder = temporaryFolder(t);
    const throwing = () => {
      throw new Error('no such flag');
    };
    const runners = [
      fakeRunner(folder),
      fakeRunner(folder, { id: 'throws', command: throwing }),
      fakeRunner(folder, { id: 'cannot', prepare: () => Promise.reject(new Error('out of space')) }),
    ];
    const seen = await executeIn(folder, fakePlan(fakeSuite([fakeCase('a')], [STARTUP]), runners));
    const errors = cases(seen).map((one) => [one.runner, one.end.startError]);
    assert.deepEqual(Object.fromEntries(errors), {
      fake: undefined,
      throws: 'no such flag',
      cannot: 'preparing fake failed: out of space',
    });
    const timed = seen.filter((one) => one.kind === 'timing').map((one) => [one.runner, one.round]);
    assert.deepEqual(timed.toSorted(), [
      ['cannot', 0],
      ['fake', 0],
      ['fake', 1],
      ['throws', 0],
    ]);
    assert.deepEqual(
      readdirSync(join(folder, 'cache')).filter((name) => name.startsWith('.making')),
      [],
    );
  });
});

test('what was prepared is told with when it was made, once, and made again in no later run', async (t) => {
  const folder = temporaryFolder(t);
  const prepare: Runner['prepare'] = (_guest, own) => {
    writeFileSync(join(own, 'guest.so'), 'x');
    return Promise.resolve(own);
  };
  const plan = fakePlan(fakeSuite([fakeCase('a')]), [
    fakeRunner(folder, { prepare }),
    fakeRunner(folder, { id: 'bare' }),
  ]);
  const prepared = (observations: readonly Observation[]) =>
    observations.filter((one) => one.kind === 'prepare');
  const first = prepared(await executeIn(folder, plan));
  assert.deepEqual(
    first.map(({ runner, guest, fresh }) => ({ runner, guest, fresh })),
    [{ runner: 'fake', guest: 'fake', fresh: true }],
  );
  assert.deepEqual(prepared(await executeIn(folder, plan)), first, 'the same run, gone on with');
  rmSync(join(folder, 'journal.ndjson'));
  assert.deepEqual(prepared(await executeIn(folder, plan)), [{ ...first[0], fresh: false }]);
});

describe('resuming', () => {
  test('an interrupted run keeps what was done, and goes on with the rest only', async (t) => {
    const folder = temporaryFolder(t);
    const ids = Array.from({ length: 8 }, (_, index) => `c${index}`);
    const suite = fakeSuite(ids.map((id) => fakeCase(id, undefined, 2)));
    const plan = fakePlan(suite, [fakeRunner(folder)]);
    const interruption = new AbortController();
    let steps = 0;
    const interrupt = () => {
      steps += 1;
      if (steps === 5) interruption.abort();
    };
    await assert.rejects(executeIn(folder, plan, interrupt, interruption.signal), { name: 'AbortError' });
    const kept = runsOf(readJournal(join(folder, 'journal.ndjson')));
    assert.ok(kept.length >= 3 && kept.length < 16, `${kept.length} kept`);
    const before = startsIn(folder);
    const seen = await executeIn(folder, plan);
    assert.deepEqual(
      runsOf(seen),
      ids.flatMap((id) => [`${id} 0`, `${id} 1`]),
    );
    assert.equal(startsIn(folder) - before, 16 - kept.length);
    assertJournaled(folder, seen);
  });

  test('a timing block that was cut short is measured again whole, a whole one is not', async (t) => {
    const folder = temporaryFolder(t);
    const plan = fakePlan(fakeSuite([], [STARTUP]), [fakeRunner(folder)]);
    const interruption = new AbortController();
    await assert.rejects(
      executeIn(
        folder,
        plan,
        () => {
          if (startsIn(folder) === 2) interruption.abort();
        },
        interruption.signal,
      ),
      { name: 'AbortError' },
    );
    const before = startsIn(folder);
    const seen = await executeIn(folder, plan);
    assert.equal(startsIn(folder) - before, 3, 'one look at the clock and both processes of the block');
    const rounds = seen.filter((one) => one.kind === 'timing').map((one) => one.round);
    assert.deepEqual(rounds, [0, 1]);
    const again = await executeIn(folder, plan);
    assert.deepEqual(noncesOf(again), noncesOf(seen));
    assert.equal(startsIn(folder) - before, 4, 'only the look at the clock, which never gave a figure');
  });
});
