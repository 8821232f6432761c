/**
 * `npm run bench:aa [-- runner…] [--all] [--busy]`: each runner against itself. Two arms of 20 fresh processes, ten repeats: the ratio of every
 * latency (the headline ones without `--all`) shall be within 1.5% in at least 9 of 10, and 99% of all ratios of all repeats shall.
 * `--busy` keeps both cores busy meanwhile. Prints each latency's worst ratio and how many repeats held, the share of differences
 * that would be claimed though there are none, and how long measuring took; exits 1 when short.
 */

import { parseArgs } from 'node:util';
import { percent } from '../../cli/aa/text.ts';
import { discoverRunners } from '../../harness/catalog/discover.ts';
import { judgeSameArms, type SameArms, totalOf } from '../../harness/judge/sameArms.ts';
import { benchmarkName } from '../../harness/naming/benchmarkName.ts';
import { timeArms } from './arms.ts';
import { busyWatch } from './busy.ts';

const WITHIN = 0.015;
const LEAST_HELD = 9;
const LEAST_SHARE = 0.99;
/** The smallest difference that a gate claims. */
const FLOOR = 0.01;
/** As many batches as the quick profile's, whose figures are the headline. */
const REPEATS = { processes: 20, repeats: 10, seed: 20, batches: 25 };
const BUSY_PROCESSES = 2;

const { values, positionals } = parseArgs({
  options: { all: { type: 'boolean', default: false }, busy: { type: 'boolean', default: false } },
  allowPositionals: true,
});
let measuredMs = 0;
const runners = await discoverRunners();
const chosen =
  positionals.length > 0 ? positionals : [...runners].flatMap(([id, { isFloor }]) => (isFloor ? [] : [id]));
const latencies: (SameArms & { held: number })[] = [];
for (const id of chosen) {
  const runner = runners.get(id);
  if (!runner) throw new Error(`there is no runner '${id}'`);
  const timed = await timeArms([runner, runner], {
    ...REPEATS,
    takes: (_suite, one) => values.all || one.headline === true,
    ...(values.busy ? { host: busyWatch(BUSY_PROCESSES) } : {}),
  });
  measuredMs += timed.measuredMs;
  for (const one of judgeSameArms(id, timed.pairs, { floor: FLOOR, seed: REPEATS.seed })) {
    const held = one.ratios.filter(isWithin).length;
    latencies.push({ ...one, held });
    const worst = one.ratios.reduce((far, ratio) => (off(ratio) > off(far) ? ratio : far)).value;
    console.log(
      `${id} ${benchmarkName(one)}: ${held}/${one.ratios.length} within 1.5%, worst ratio ${worst.toFixed(4)}`,
    );
  }
}

const short = latencies.filter(({ held }) => held < LEAST_HELD).length;
const fewest = Math.min(...latencies.map(({ held }) => held));
const total = totalOf(latencies);
const share = total ? latencies.reduce((sum, { held }) => sum + held, 0) / total.pairs : 0;
console.log(
  `bench:aa${values.busy ? ' --busy' : ''}: ${latencies.length - short}/${latencies.length} latencies within 1.5% in at least ${LEAST_HELD} of ${REPEATS.repeats} repeats (fewest ${fewest}); ${percent(share)} of ${total?.pairs ?? 0} (latency, repeat) pairs within 1.5%, at least ${percent(LEAST_SHARE, 0)} asked for`,
);
if (total)
  console.log(
    `apart by ${percent(total.typical)} typically, ${percent(total.largest)} at most; false positives beyond ${percent(FLOOR, 0)}: ${total.claimed} (${percent(total.claimedShare)}); ${(measuredMs / 60_000).toFixed(1)} minutes of measuring`,
  );
if (short > 0 || share < LEAST_SHARE) process.exitCode = 1;

function off({ value }: { value: number }): number {
  return Math.abs(value - 1);
}

function isWithin(ratio: { value: number }): boolean {
  return off(ratio) <= WITHIN;
}
