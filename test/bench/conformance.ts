/**
 * `npm run bench:conformance [rounds]`: how long all of preview 1's conformance takes on Node, Wasmtime, WasmEdge and jco through the
 * harness, judged, and how long the very same processes take when a plain loop starts them, as many at a time. Both are done in
 * turns and the quickest of each counts. Exits 1 beyond 60 s or 1.3 times the plain loop.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { discoverRunners, discoverSuites } from '../../harness/catalog/discover.ts';
import { expectationsOf } from '../../harness/catalog/expectations.ts';
import { loadGuests } from '../../harness/catalog/guests.ts';
import type { Observation } from '../../harness/contracts/observation.ts';
import type { ConformanceTrial } from '../../harness/contracts/plan.ts';
import { prepareAll } from '../../harness/execute/artifacts.ts';
import { childrenCpuUse } from '../../harness/execute/cpuUse.ts';
import { type ExecuteOptions, execute } from '../../harness/execute/execute.ts';
import { hasTerminals } from '../../harness/execute/world/terminal.ts';
import { judgeConformance, unexpectedTrials } from '../../harness/judge/conformance.ts';
import { makePlan } from '../../harness/plan/plan.ts';
import { foundOf } from './arms.ts';
import { ordersOf, runBare } from './bareLoop.ts';

const RUNNERS = ['node', 'wasmtime', 'wasmedge', 'jco'];
const CACHE = resolve(process.env.WASIMETER_CACHE ?? 'out/cache');
const TIMEOUT_MS = 10_000;
const MOST_SECONDS = 60;
const MOST_RATIO = 1.3;

const rounds = Number(process.argv[2] ?? 2);
const runners = await discoverRunners();
const roster = await foundOf(RUNNERS.map((id) => runners.get(id)!));
const suites = [...(await discoverSuites()).values()].map((suite) => ({
  ...suite,
  conformance: suite.conformance.filter(({ wasi, world }) => wasi === 'p1' && !hasPeers(world)),
}));
const guests = loadGuests();
const plan = makePlan({
  ...{ suites, roster, guests, only: 'none', processes: 2, patience: 1, seed: 1 },
  caseTimeoutMs: TIMEOUT_MS,
  terminals: await hasTerminals(),
});
const folder = mkdtempSync(join(tmpdir(), 'wasimeter-conformance-'));
const options: Omit<ExecuteOptions, 'journalFile'> = {
  scratchFolder: join(folder, 'scratch'),
  cacheFolder: join(CACHE, 'prepared'),
  progress: { step: () => {}, note: (text) => console.error(text) },
  lacking: () => [],
  unexpected: (done) => unexpectedTrials(plan, done, expectationsOf(roster)),
  signal: new AbortController().signal,
};

/** Through the harness, as a run does it; also which trials it came to, repetitions among them. */
async function harnessed(round: number): Promise<{ ms: number; trials: ConformanceTrial[] }> {
  const began = performance.now();
  const cpu = cpuSeconds();
  const observations = await execute(plan, { ...options, journalFile: join(folder, `journal.${round}`) });
  const records = judgeConformance(plan, observations, expectationsOf(roster));
  const ms = performance.now() - began;
  const trialOf = new Map(plan.conformance.map((one) => [`${one.suite} ${one.case.id} ${one.runner}`, one]));
  const trials = observations.flatMap((one) =>
    one.kind === 'conformance' ? [trialOf.get(`${one.suite} ${one.case} ${one.runner}`)!] : [],
  );
  const counts = Map.groupBy(records, ({ outcome }) => outcome as string);
  const told = [...counts].map(([outcome, list]) => `${list.length} ${outcome}`).join(', ');
  if (round === 1) tellSlowest(observations);
  console.log(
    `round ${round}: harness ${(ms / 1000).toFixed(1)} s and ${(cpuSeconds() - cpu).toFixed(0)} s of processor time for ${trials.length} trials (${told})`,
  );
  return { ms, trials };
}

/** Where the time goes, in seconds of the trials themselves. */
function tellSlowest(observations: readonly Observation[]): void {
  const spans = observations.flatMap((one) =>
    one.kind === 'conformance'
      ? [
          {
            name: `${one.runner} ${one.suite} ${one.case}`,
            runner: one.runner,
            seconds: Number(BigInt(one.endRealtimeNs) - BigInt(one.beginRealtimeNs)) / 1e9,
          },
        ]
      : [],
  );
  for (const [runner, own] of Map.groupBy(spans, (one) => one.runner))
    console.log(
      `${runner}: ${own.length} trials, ${own.reduce((sum, one) => sum + one.seconds, 0).toFixed(1)} s`,
    );
  for (const { name, seconds } of spans.toSorted((a, b) => b.seconds - a.seconds).slice(0, 10))
    console.log(`  ${seconds.toFixed(1)} s ${name}`);
}

/** The same by the plain loop; its files are made before the clock starts. */
async function bare(round: number, trials: readonly ConformanceTrial[]): Promise<number> {
  const artifacts = await prepareAll(plan, { ...options, journalFile: '' }, () => {});
  const scratch = join(folder, `bare.${round}`);
  const orders = await ordersOf(trials, artifacts, scratch, TIMEOUT_MS);
  const { ms, cpu } = await timedBare(orders, scratch);
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  console.log(
    `round ${round}: plain loop ${(ms / 1000).toFixed(1)} s and ${cpu.toFixed(0)} s of processor time for ${orders.length} starts`,
  );
  return ms;
}

async function timedBare(orders: Parameters<typeof runBare>[0], scratch: string) {
  const before = childrenSeconds();
  const ms = await runBare(orders, scratch);
  return { ms, cpu: childrenSeconds() - before };
}

/** Processor time of this process and of all its descendants that have ended: tells a slow harness from a busy machine. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6 + childrenSeconds();
}

function childrenSeconds(): number {
  const { userMs = 0, systemMs = 0 } = childrenCpuUse() ?? {};
  return (userMs + systemMs) / 1000;
}

/** The plain loop plays no peers. */
function hasPeers(world: object | undefined): boolean {
  return world !== undefined && ('peers' in world || 'listen' in world);
}

try {
  // What takes long once, and is kept, is done beforehand.
  await prepareAll(plan, { ...options, journalFile: '' }, () => {});
  const figures: { harnessMs: number; bareMs: number }[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const { ms, trials } = await harnessed(round);
    figures.push({ harnessMs: ms, bareMs: await bare(round, trials) });
  }
  const harnessSeconds = Math.min(...figures.map(({ harnessMs }) => harnessMs)) / 1000;
  const bareSeconds = Math.min(...figures.map(({ bareMs }) => bareMs)) / 1000;
  const ratio = harnessSeconds / bareSeconds;
  console.log(
    `bench:conformance: harness ${harnessSeconds.toFixed(1)} s, plain loop ${bareSeconds.toFixed(1)} s, ratio ${ratio.toFixed(2)} (at most ${MOST_SECONDS} s and ${MOST_RATIO})`,
  );
  if (harnessSeconds > MOST_SECONDS || ratio > MOST_RATIO) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
