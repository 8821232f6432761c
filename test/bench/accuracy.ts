/**
 * `npm run bench:accuracy`: a busy-wait of about 2 us is planted in one import of node:wasi; the same runner without it stands
 * beside. The call must be measured slower by the wait's own length within 10%, the others must move by less than 1%.
 */

import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import type { Runner, Trial } from '../../harness/contracts/runner.ts';
import { lowerQuartile } from '../../harness/stats/quantile.ts';
import nodeRunner from '../../runners/node/runner.ts';
import { timeArms } from './arms.ts';

/** About 2 us on the machines seen; what counts is the length measured in the children themselves. */
const ROUNDS = 1850;
const PLANTED_IN = 'clock_res_get';
const CHILD = new URL('./delayedChild.ts', import.meta.url);

/** What node's own child is told of a trial. */
const start = (trial: Trial) => nodeRunner.warm?.message(trial) as object;

/** node:wasi with its imports wrapped; `rounds` of spinning in one of them. */
function delayed(rounds: number): Runner {
  return {
    ...nodeRunner,
    prepareKey: () => 'delayed',
    async prepare(guest, folder) {
      await writeFile(join(folder, 'child.mjs'), stripTypeScriptTypes(await readFile(CHILD, 'utf8')));
      await copyFile(guest.file, join(folder, 'guest.wasm'));
      return folder;
    },
    command: (trial, found) => ({
      file: found.executable,
      args: [
        '--disable-warning=ExperimentalWarning',
        join(trial.artifact, 'child.mjs'),
        // The world too: without its files a call would cost what failing does.
        JSON.stringify({ ...start(trial), planted: { name: PLANTED_IN, rounds } }),
      ],
    }),
  };
}

const { pairs, observations } = await timeArms([delayed(0), delayed(ROUNDS)], {
  processes: 40,
  repeats: 1,
  seed: 4,
});
const spins = observations.flatMap((one) => {
  const said = one.kind === 'timing' ? /\{"spinNs":([\d.]+)\}/.exec(one.end.stdoutText ?? '') : null;
  const spinNs = Number(said?.[1] ?? 0);
  // The arm without the wait spins for no round: a few nanoseconds of the loop around it.
  return spinNs > 100 ? [spinNs] : [];
});
const plantedNs = lowerQuartile(spins);
let wrong = 0;
for (const { a, b } of pairs[0] ?? []) {
  const name = `${a.suite}/${a.case}`;
  const planted = name.includes(PLANTED_IN);
  const off = planted ? (b.value - a.value) / plantedNs - 1 : b.value / a.value - 1;
  const held = Math.abs(off) <= (planted ? 0.1 : 0.01);
  if (!held) wrong += 1;
  const what = planted
    ? `slower by ${(b.value - a.value).toFixed(0)} ns, planted ${plantedNs.toFixed(0)} ns: off by`
    : `${a.value.toFixed(1)} ns and ${b.value.toFixed(1)} ns: moved by`;
  console.log(`${held ? 'held ' : 'WRONG'} ${name}: ${what} ${(off * 100).toFixed(2)}%`);
}
const total = pairs[0]?.length ?? 0;
console.log(`bench:accuracy: ${total - wrong}/${total} calls measured as planted`);
if (wrong > 0 || total === 0) process.exitCode = 1;
