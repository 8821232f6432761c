/**
 * `npm run bench:aa [runner…]`: each runner against itself. Two arms of 20 fresh processes, ten repeats: the ratios of every
 * latency shall be within 1.5% in at least 9 of 10. Prints each latency's worst ratio and how many repeats held; exits 1 when short.
 */

import { discoverRunners } from '../../harness/catalog/discover.ts';
import { timeArms } from './arms.ts';

const WITHIN = 0.015;
const LEAST_HELD = 9;
const REPEATS = { processes: 20, repeats: 10, seed: 20 };

const runners = await discoverRunners();
const chosen =
  process.argv.length > 2
    ? process.argv.slice(2)
    : [...runners].flatMap(([id, { isFloor }]) => (isFloor ? [] : [id]));
let latencies = 0;
let short = 0;
let fewest = REPEATS.repeats;
for (const id of chosen) {
  const runner = runners.get(id);
  if (!runner) throw new Error(`there is no runner '${id}'`);
  const { pairs: repeats } = await timeArms([runner, runner], REPEATS);
  const names = [...new Set(repeats.flat().map((pair) => `${pair.wasi} ${pair.name}`))];
  for (const name of names) {
    const ratios = repeats.flatMap((pairs) =>
      pairs.filter((pair) => `${pair.wasi} ${pair.name}` === name).map((pair) => pair.b.value / pair.a.value),
    );
    const held = ratios.filter((ratio) => Math.abs(ratio - 1) <= WITHIN).length;
    const worst = ratios.reduce((far, ratio) => (Math.abs(ratio - 1) > Math.abs(far - 1) ? ratio : far), 1);
    latencies += 1;
    fewest = Math.min(fewest, held);
    if (held < LEAST_HELD) short += 1;
    console.log(`${id} ${name}: ${held}/${ratios.length} within 1.5%, worst ratio ${worst.toFixed(4)}`);
  }
}
console.log(
  `bench:aa: ${latencies - short}/${latencies} latencies within 1.5% in at least ${LEAST_HELD} of ${REPEATS.repeats} repeats (fewest ${fewest})`,
);
if (short > 0 || latencies === 0) process.exitCode = 1;
