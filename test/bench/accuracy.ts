/**
 * `npm run bench:accuracy [node|jco]`: busy-waits of about 0.2, 1, 5 and 50 us are planted in four imports of node:wasi, and of preview2-shim
 * under jco; the same runner whose waits are of no length stands beside. Each call must be measured slower by its wait's own length within
 * 5% or 20 ns, the others must move by less than 1%.
 */

import { readFileSync } from 'node:fs';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { basename, join } from 'node:path';
import type { Observation } from '../../harness/contracts/observation.ts';
import type { Runner, Trial } from '../../harness/contracts/runner.ts';
import type { FigurePair } from '../../harness/judge/figurePairs.ts';
import { midmean } from '../../harness/stats/midmean.ts';
import jcoRunner from '../../runners/jco/runner.ts';
import nodeRunner from '../../runners/node/runner.ts';
import { timeArms } from './arms.ts';
import type { Planted } from './plantedWait.ts';

interface Variant {
  runner: Runner;
  child: URL;
  /** The benchmarks (`suite/case` or what it begins with), the import they time, and how long it waits. */
  waits: { benchmark: string; name: string; waitNs: number }[];
  suites: string[];
}

const file = (name: string) => new URL(name, import.meta.url);
const VARIANTS: Variant[] = [
  {
    runner: nodeRunner,
    child: file('./delayedChild.ts'),
    suites: ['clocks', 'random', 'cli', 'filesystem'],
    waits: [
      { benchmark: 'clocks/clock_res_get', name: 'clock_res_get', waitNs: 200 },
      { benchmark: 'filesystem/fd_seek', name: 'fd_seek', waitNs: 1000 },
      { benchmark: 'filesystem/fd_pread', name: 'fd_pread', waitNs: 5000 },
      { benchmark: 'filesystem/path_filestat_get', name: 'path_filestat_get', waitNs: 50_000 },
    ],
  },
  {
    runner: jcoRunner,
    child: file('./delayedJcoChild.ts'),
    suites: ['clocks', 'random'],
    waits: [
      {
        benchmark: 'clocks/monotonic-clock.resolution',
        name: 'wasi:clocks/monotonic-clock#resolution',
        waitNs: 200,
      },
      { benchmark: 'random/get-random-u64', name: 'wasi:random/random#getRandomU64', waitNs: 1000 },
      {
        benchmark: 'random/get-insecure-random-u64',
        name: 'wasi:random/insecure#getInsecureRandomU64',
        waitNs: 5000,
      },
      { benchmark: 'random/get-random-bytes', name: 'wasi:random/random#getRandomBytes', waitNs: 50_000 },
    ],
  },
];
const MEASURED_WITHIN = 0.05;
const WITHIN_NS = 20;
const UNTOUCHED_WITHIN = 0.01;

const wait = file('./plantedWait.ts');

/** The runner with its imports wrapped; none waits with `planted` false. */
function delayed({ runner, child, waits }: Variant, planted: boolean): Runner {
  const waitsNs: Planted = Object.fromEntries(waits.map(({ name, waitNs }) => [name, planted ? waitNs : 0]));
  return {
    ...runner,
    // Prepared guests are kept: with another child they are others.
    prepareKey: (found) =>
      [runner.prepareKey?.(found), ...[child, wait].map((url) => readFileSync(url, 'utf8'))].join('\n'),
    async prepare(guest, folder, found, tools) {
      const artifact = await runner.prepare?.(guest, folder, found, tools);
      for (const source of [child, wait]) {
        const text = stripTypeScriptTypes(await readFile(source, 'utf8'));
        const name = basename(source.pathname).replace('.ts', '.mjs');
        await writeFile(join(folder, name), text.replaceAll('./plantedWait.ts', './plantedWait.mjs'));
      }
      if (runner === nodeRunner) await copyFile(guest.file, join(folder, 'guest.wasm'));
      return artifact ?? folder;
    },
    command: (trial, found) => ({
      file: found.executable,
      args: [
        '--disable-warning=ExperimentalWarning',
        join(trial.artifact, basename(child.pathname).replace('.ts', '.mjs')),
        // The world too: without its files a call would cost what failing does.
        JSON.stringify({ ...start(runner, trial), planted: waitsNs }),
      ],
    }),
  };
}

/** What the runner's own child is told of a trial. */
const start = (runner: Runner, trial: Trial) => runner.warm?.message(trial) as object;

/** By how much longer the wait in an import took in the arm that waits: what its clock costs is in both. */
function plantedNs(observations: readonly Observation[], name: string): number {
  const [a, b] = ['a', 'b'].map((arm) => {
    const told = observations.flatMap((one) => {
      if (one.kind !== 'timing' || !one.arm.endsWith(` ${arm}`)) return [];
      const said = /\{"waitsNs":(\{.*?\})\}/.exec(one.end.stdoutText ?? '');
      const waitNs = (JSON.parse(said?.[1] ?? '{}') as Record<string, unknown>)[name];
      // A block without the call says 0.
      return typeof waitNs === 'number' && waitNs > 0 ? [waitNs] : [];
    });
    if (told.length === 0) throw new Error(`no process of arm ${arm} told how long its wait in ${name} was`);
    return midmean(told.toSorted((one, other) => one - other));
  }) as [number, number];
  return b - a;
}

const nameOf = ({ a }: FigurePair) => `${a.suite}/${a.case}`;

/** Whether a benchmark is one of those, which differ in their arguments. */
const isOf = (benchmark: string, name: string) => name === benchmark || name.startsWith(`${benchmark}/`);

function tell(pair: FigurePair, waited: number | undefined): boolean {
  const { a, b } = pair;
  const { wasi } = a;
  const movedNs = b.value - a.value;
  const off = waited === undefined ? movedNs / a.value : movedNs / waited - 1;
  const held =
    waited === undefined
      ? Math.abs(off) <= UNTOUCHED_WITHIN
      : Math.abs(off) <= MEASURED_WITHIN || Math.abs(movedNs - waited) <= WITHIN_NS;
  const what =
    waited === undefined
      ? `${a.value.toFixed(1)} ns and ${b.value.toFixed(1)} ns: moved by`
      : `slower by ${movedNs.toFixed(0)} ns, planted ${waited.toFixed(0)} ns: off by`;
  console.log(`${held ? 'held ' : 'WRONG'} ${wasi} ${nameOf(pair)}: ${what} ${(off * 100).toFixed(2)}%`);
  return held;
}

const asked = process.argv.slice(2);
let total = 0;
let held = 0;
for (const variant of VARIANTS) {
  const { runner, suites, waits } = variant;
  if (asked.length > 0 && !asked.includes(runner.id)) continue;
  const { pairs, observations } = await timeArms([delayed(variant, false), delayed(variant, true)], {
    ...{ processes: 40, repeats: 1, seed: 4 },
    takes: (suite, one) =>
      suites.includes(suite) &&
      (one.headline || suite !== 'filesystem') &&
      (runner === nodeRunner || one.wasi === 'p2'),
  });
  for (const pair of pairs[0] ?? []) {
    const planted = waits.find(({ benchmark }) => isOf(benchmark, nameOf(pair)));
    total += 1;
    if (tell(pair, planted && plantedNs(observations, planted.name))) held += 1;
  }
  for (const { benchmark } of waits)
    if (!pairs[0]?.some((pair) => isOf(benchmark, nameOf(pair))))
      throw new Error(`${runner.id}: '${benchmark}' was not timed`);
}
console.log(`bench:accuracy: ${held}/${total} calls measured as planted`);
if (held < total || total === 0) process.exitCode = 1;
