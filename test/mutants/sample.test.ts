/** A sample of the planted faults, each with a case that finds it: red where the case is gone, passes, or the proxy does harm. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Hunter, makeHunter } from './hunter.ts';
import { mutantRunner } from './mutantRunner.ts';
import type { Preview } from './preview.ts';
import { preview1 } from './preview1/preview.ts';
import { preview2 } from './preview2/preview.ts';
import { type Grounds, grounds, nameOf } from './trials.ts';

/** By name and not by chance, so that each kind of fault is among them: the fault, and the case that finds it. */
const SAMPLES: readonly [Preview, Readonly<Record<string, string>>][] = [
  [
    preview1,
    {
      'args_get/nothing-done': 'cli args_get/same',
      'fd_pread/last-byte-dropped(read)': 'filesystem fd_pread/whole',
      'fd_pread/neighbour-written(0)': 'filesystem fd_pread/result-only',
      'fd_pread/number-cut-to-32-bits(offset)': 'filesystem fd_pread/offset-2-to-32',
      'fd_pread/order-reversed(iovs)': 'filesystem fd_pread/overlapping',
      'fd_readdir/result-off-by-one(0.value)': 'filesystem fd_readdir/exact-size',
      'path_open/error-hidden': 'filesystem path_open/socket',
      'path_open/flag-ignored(oflags.excl)': 'filesystem path_open/creat-excl-trunc-on-link-to-directory',
      'path_open/rights-ignored(fs_rights_base)': 'filesystem path_open/rights-none',
      'path_rename/descriptor-mistaken(swapped)': 'filesystem path_rename/two-preopens',
    },
  ],
  [
    preview2,
    {
      'wasi:clocks/monotonic-clock#now/result-stale': 'clocks pollable.block/instant',
      'wasi:clocks/monotonic-clock#subscribe-instant/number-off-by-one(when)':
        'clocks monotonic-clock.subscribe-instant/largest',
      'wasi:clocks/wall-clock#now/results-swapped(result.seconds,result.nanoseconds)':
        'clocks wall-clock.now/nanoseconds',
      'wasi:io/poll#[method]pollable.ready/always-true(result)':
        'clocks monotonic-clock.subscribe-duration/to-the-top',
      'wasi:io/poll#[resource-drop]pollable/nothing-done': 'clocks pollable.ready/handle-dropped',
      'wasi:io/poll#poll/argument-cut(in)': 'clocks poll/list-one-forged',
      'wasi:io/poll#poll/result-off-by-one(result.*)': 'clocks poll/one-of-three-due',
      'wasi:random/random#get-random-bytes/last-dropped(result)':
        'random get-random-bytes/realloc-misalign-32',
      'wasi:random/random#get-random-bytes/number-cut-to-32-bits(len)':
        'random get-random-bytes/huge-4294967312',
    },
  ],
];

for (const [preview, sample] of SAMPLES)
  describe(`faults planted in ${preview.wasi}`, () => {
    const scratch = mkdtempSync(join(tmpdir(), 'wasimeter-sample-'));
    const harmed = (mutant: string | undefined) =>
      mutantRunner(ground.runner, preview.child, join(scratch, 'compiled'), mutant);
    let ground: Grounds;
    let hunter: Hunter;

    before(async () => {
      const wanted = new Set(Object.values(sample));
      ground = await grounds(preview, (trial) => wanted.has(nameOf(trial)));
      hunter = makeHunter(ground, scratch);
    });
    after(async () => {
      await hunter?.close();
      rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
    });

    for (const [mutant, name] of Object.entries(sample))
      test(`${mutant} is found by ${name}`, async () => {
        assert.ok(
          preview.mutants().some(({ id }) => id === mutant),
          'there is such a fault',
        );
        const trial = ground.trials.find((one) => nameOf(one) === name);
        assert.ok(trial, 'there is such a case');
        const bare = await hunter.judge(trial, ground.runner);
        const proxied = await hunter.judge(trial, harmed(undefined));
        assert.deepEqual([bare.outcome, proxied.outcome], ['pass', 'pass'], 'it passes without a fault');
        const { outcome } = await hunter.judge(trial, harmed(mutant));
        assert.equal(outcome, 'fail', 'with the fault an assertion of it fails');
      });
  });
