/**
 * `npm run mutants [part-of-an-id]`: plants faults in node:wasi and counts how many the cases find. Prints those that were not
 * found, then the figure; exits 1 when fewer than 200 were planted, fewer than 97 of 100 found, or more than 5 excluded.
 */

import { readFileSync } from 'node:fs';
import { hunt } from './preview1/hunt.ts';
import { allMutants } from './preview1/operators.ts';
import { signatures } from './preview1/signature.ts';

const LEAST_PLANTED = 200;
const LEAST_FOUND = 0.97;
const MOST_EXCLUDED = 0.05;
/** node:wasi can be given no listener and has no sockets: these calls always fail there. */
const ALWAYS_FAILING = ['sock_accept', 'sock_recv', 'sock_send', 'sock_shutdown'];
/** Their only errors are bad pointers, for which no errno is right: they shall trap. */
const NEVER_FAILING = [
  'args_get',
  'args_sizes_get',
  'environ_get',
  'environ_sizes_get',
  'random_get',
  'sched_yield',
];

interface Equivalent {
  mutant: string;
  /** By which sentence of the specification the fault makes no difference. */
  reason: string;
}

const { equivalent } = JSON.parse(readFileSync(new URL('./equivalent.json', import.meta.url), 'utf8')) as {
  equivalent: Equivalent[];
};
const part = process.argv[2];
const all = allMutants(signatures(), ALWAYS_FAILING, NEVER_FAILING);
const stale = equivalent.filter(({ mutant }) => !all.some(({ id }) => id === mutant));
const planted = all.filter(
  ({ id }) => !equivalent.some(({ mutant }) => mutant === id) && (part === undefined || id.includes(part)),
);
const started = performance.now();
let told = 0;
const { disagreements, found } = await hunt(planted, (done, total) => {
  if (done !== total && performance.now() - told < 5000) return;
  told = performance.now();
  console.error(`[${done}/${total}] faults hunted`);
});
for (const { mutant } of stale) console.log(`excluded, but there is no such mutant: ${mutant}`);
for (const { trial, bare, proxy } of disagreements)
  console.log(`without a fault the proxy disagrees: ${trial}: bare ${bare}; proxied ${proxy}`);
for (const [id, by] of [...found].toSorted()) if (by === undefined) console.log(`not found: ${id}`);
const hits = [...found.values()].filter((by) => by !== undefined).length;
const seconds = Math.round((performance.now() - started) / 1000);
const excludedShare = equivalent.length / (planted.length + equivalent.length);
console.log(
  `mutants: ${hits}/${planted.length} found (${((100 * hits) / planted.length).toFixed(1)}%), ${equivalent.length} equivalent ones excluded (${(100 * excludedShare).toFixed(1)}%), ${disagreements.length} disagreements, ${seconds} s`,
);
const enough = part !== undefined || (planted.length >= LEAST_PLANTED && excludedShare <= MOST_EXCLUDED);
if (!enough || hits / planted.length < LEAST_FOUND || disagreements.length + stale.length > 0)
  process.exitCode = 1;
