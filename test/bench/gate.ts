/**
 * `npm run bench:gate [-- --busy] [--again] [--trials N]`: whether the gate finds what it shall and keeps quiet else. Records 200 processes each of Wasmtime,
 * WasmEdge compiled ahead of time, and Node with ten latencies of preview 1 (with a busy process beside them under `--busy`; `--again` takes the last
 * recording), and draws whole gates from them. Of calls slowed by 2% at least 95% shall be regressed, of 3% at least 99%; of equal arms at most one
 * verdict of a thousand, and at least 80% unchanged. Prints each share with its interval; exits 1 where one falls short.
 */

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findRunner } from '../../harness/catalog/catalog.ts';
import { discoverRunners, discoverSuites } from '../../harness/catalog/discover.ts';
import { loadGuests } from '../../harness/catalog/guests.ts';
import type { Verdict } from '../../harness/contracts/comparison.ts';
import type { PerformanceRecord } from '../../harness/contracts/run.ts';
import { execute } from '../../harness/execute/execute.ts';
import { lackingArms } from '../../harness/measure/lackingArms.ts';
import { measure } from '../../harness/measure/measure.ts';
import { makePlan } from '../../harness/plan/plan.ts';
import { shareInterval } from '../../harness/stats/proportion.ts';
import { foundOf } from './arms.ts';
import { drawGates, type Tally } from './gateRule.ts';

const RUNNERS = ['wasmtime', 'wasmedge+aot', 'node'];
/** All headline latencies of preview 1, and as many that are as cheap as make ten. */
const MORE = ['fd_tell', 'fd_fdstat_get', 'fd_filestat_get'];
const PROCESSES = 200;
const SEED = 31;
const FOLDER = resolve('out/bench');
const CACHE = resolve(process.env.WASIMETER_CACHE ?? 'out/cache');

const { values } = parseArgs({
  options: {
    busy: { type: 'boolean', default: false },
    again: { type: 'boolean', default: false },
    trials: { type: 'string', default: '400' },
  },
});
const trials = Number(values.trials);
if (!Number.isInteger(trials) || trials < 1)
  throw new Error(`--trials ${values.trials} is no number of trials`);

async function record(): Promise<PerformanceRecord[]> {
  const runners = await discoverRunners();
  const byId = new Map([...runners].map(([id, item]) => [id, { item, from: id }]));
  const catalog = { folder: process.cwd(), runners: byId, atPath: new Map() };
  const roster = await foundOf(RUNNERS.map((word) => findRunner(catalog, { word, where: 'bench:gate' })));
  const suites = [...(await discoverSuites()).values()].map((suite) => ({
    ...suite,
    conformance: [],
    performance: suite.performance.filter(
      ({ id, wasi, metric, headline }) =>
        metric === 'latency' && wasi === 'p1' && (headline === true || MORE.includes(id)),
    ),
  }));
  const plan = makePlan({
    ...{ suites, roster, guests: loadGuests(), only: 'all', caseTimeoutMs: 10_000, seed: SEED },
    ...{ processes: PROCESSES, patience: 2 },
  });
  const folder = mkdtempSync(join(tmpdir(), 'wasimeter-bench-'));
  const beside = values.busy
    ? Array.from({ length: Math.max(1, availableParallelism() - 1) }, () =>
        spawn(process.execPath, ['-e', 'for (;;) Math.sqrt(Math.random())'], { stdio: 'ignore' }),
      )
    : [];
  try {
    const observations = await execute(plan, {
      ...{ journalFile: join(folder, 'journal.ndjson'), scratchFolder: join(folder, 'scratch') },
      cacheFolder: join(CACHE, 'prepared'),
      progress: { step: () => {}, note: (text) => console.error(text) },
      ...{ lacking: lackingArms, unexpected: () => [], signal: new AbortController().signal },
    });
    return measure(plan, observations).performance;
  } finally {
    for (const child of beside) child.kill();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function records(): Promise<PerformanceRecord[]> {
  const file = join(FOLDER, `gate-${values.busy ? 'busy' : 'idle'}.json`);
  if (values.again && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as PerformanceRecord[];
  const made = await record();
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(file, JSON.stringify(made));
  return made;
}

let short = 0;
/** Prints a share with its interval, and whether it is as it shall be. */
function say(what: string, tally: Tally, verdict: Verdict, shall: { least?: number; most?: number }): void {
  const all = [...tally.verdicts.values()].reduce((sum, count) => sum + count, 0);
  const hits = tally.verdicts.get(verdict) ?? 0;
  const { low, high } = shareInterval(hits, all);
  const [share, least, most] = [hits / all, shall.least ?? 0, shall.most ?? 1];
  const holds = share >= least && share <= most;
  if (!holds) short += 1;
  const asked = shall.least === undefined ? `at most ${percent(most)}` : `at least ${percent(least)}`;
  console.log(
    `${what}: ${hits}/${all} ${verdict}, ${percent(share)} (${percent(low)} .. ${percent(high)}), ${asked}: ${holds ? 'holds' : 'SHORT'}`,
  );
}

const percent = (share: number) => `${Number((share * 100).toFixed(2))}%`;

const recorded = await records();
console.log(`bench:gate, ${values.busy ? 'busy' : 'idle'}, ${trials} gates each`);
for (const runner of RUNNERS) {
  const own = recorded.filter((one) => one.runner === runner);
  const counts = own.map(({ samples }) => samples.length);
  console.log(
    `${runner}: ${own.length} latencies, ${Math.min(...counts)} to ${Math.max(...counts)} processes count`,
  );
  if (own.length === 0) short += 1;
  else {
    const equal = drawGates(own, { trials, times: 1, seed: SEED });
    const sorted = equal.processes.toSorted((a, b) => a - b);
    console.log(
      `${runner}: pilots ask for ${sorted[0]} to ${sorted.at(-1)} processes, half of them for ${sorted[sorted.length >> 1]} or less`,
    );
    say(`${runner}, equal arms`, equal, 'regressed', { most: 0.001 });
    say(`${runner}, equal arms`, equal, 'unchanged', { least: 0.8 });
    say(`${runner}, one call 2% slower`, drawGates(own, { trials, times: 1.02, seed: SEED }), 'regressed', {
      least: 0.95,
    });
    say(`${runner}, one call 3% slower`, drawGates(own, { trials, times: 1.03, seed: SEED }), 'regressed', {
      least: 0.99,
    });
  }
}
console.log(`bench:gate: ${short === 0 ? 'all hold' : `${short} fall short`}`);
if (short > 0) process.exitCode = 1;
