/**
 * `npm run mutants [p1|p2] [part-of-an-id…]`: plants faults in node:wasi and in jco's preview 2, and counts how many the cases
 * find. Prints those that were not found, of a selection also what found the others, then the figures; exits 1 where they are not
 * good enough (see figure.ts).
 */

import { readFileSync } from 'node:fs';
import { type Figure, figureOf, isGoodEnough, sumOf, textOf } from './figure.ts';
import { type Hunted, hunt } from './hunt.ts';
import { preview1 } from './preview1/preview.ts';
import { preview2 } from './preview2/preview.ts';

const TELL_MS = 5000;

interface Equivalent {
  mutant: string;
  /** By which sentence of the specification the fault makes no difference. */
  reason: string;
}

const { equivalent } = JSON.parse(readFileSync(new URL('./equivalent.json', import.meta.url), 'utf8')) as {
  equivalent: Equivalent[];
};
const words = process.argv.slice(2);
const wasis = words.filter((word) => word === 'p1' || word === 'p2');
const parts = words.filter((word) => word !== 'p1' && word !== 'p2');
const isSelection = words.length > 0;
const started = performance.now();

let told = started;
const step = (wasi: string) => (done: number, total: number) => {
  if (done !== total && performance.now() - told < TELL_MS) return;
  told = performance.now();
  console.error(`[${wasi} ${done}/${total}] faults hunted`);
};

const figures: Figure[] = [];
const stale = new Set(equivalent.map(({ mutant }) => mutant));
for (const preview of [preview1, preview2]) {
  const all = preview.mutants();
  for (const { id } of all) stale.delete(id);
  if (wasis.length > 0 && !wasis.includes(preview.wasi)) continue;
  const chosen = all.filter(({ id }) => parts.length === 0 || parts.some((part) => id.includes(part)));
  const planted = chosen.filter(({ id }) => !equivalent.some(({ mutant }) => mutant === id));
  if (planted.length === 0) continue;
  const hunted = await hunt(preview, planted, step(preview.wasi));
  tell(hunted);
  figures.push(figureOf(preview.wasi, hunted, chosen.length - planted.length));
}
for (const mutant of stale) console.log(`excluded, but there is no such mutant: ${mutant}`);
const seconds = (performance.now() - started) / 1000;
const sum = sumOf(figures, seconds);
for (const figure of figures) console.log(textOf(figure));
console.log(textOf(sum));
if (!isGoodEnough(sum, isSelection) || stale.size > 0) process.exitCode = 1;

function tell({ disagreements, found, covering, seconds: { unharmed, hunt: hunting } }: Hunted): void {
  for (const { trial, bare, proxy } of disagreements)
    console.log(`without a fault the proxy disagrees: ${trial}: bare ${bare}; proxied ${proxy}`);
  for (const [id, by] of [...found].toSorted())
    if (by === undefined) console.log(`not found: ${id} (${covering.get(id)} cases call it)`);
    else if (isSelection) console.log(`found: ${id} by ${by}`);
  console.error(`${Math.round(unharmed)} s without a fault, ${Math.round(hunting)} s hunting`);
}
