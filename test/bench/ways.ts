/**
 * `npm run check:ways [runner…]`: runs all conformance cases both ways, as a run does them (JavaScript runners in warm children, others
 * in the mode they name for it) and each in a fresh process of the runner itself, and the former in three seeded orders. Prints every case
 * whose outcome, reason or calls differ; exits 1 where there is one.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { discoverRunners, discoverSuites } from '../../harness/catalog/discover.ts';
import { loadGuests } from '../../harness/catalog/guests.ts';
import type { ConformanceRecord } from '../../harness/contracts/run.ts';
import type { Runner } from '../../harness/contracts/runner.ts';
import { execute } from '../../harness/execute/execute.ts';
import { hasTerminals } from '../../harness/execute/world/terminal.ts';
import { judgeConformance } from '../../harness/judge/conformance.ts';
import { makePlan } from '../../harness/plan/plan.ts';
import { foundOf } from './arms.ts';

const CACHE = resolve(process.env.WASIMETER_CACHE ?? 'out/cache');
const SEEDS = [1, 2, 3];
const TIMEOUT_MS = 10_000;

const runners = await discoverRunners();
const ids = process.argv.length > 2 ? process.argv.slice(2) : ['node', 'jco', 'wasmtime', 'wasmedge'];
const chosen = ids.map((id) => {
  const runner = runners.get(id);
  if (!runner?.warm && !runner?.conformance) throw new Error(`runner '${id}' has one way only`);
  return runner;
});
const suites = [...(await discoverSuites()).values()];
const guests = loadGuests();
const folder = mkdtempSync(join(tmpdir(), 'wasimeter-ways-'));
const NOBODY_WAITS = { step: () => {}, note: (text: string) => console.error(text) };

async function outcomes(roster: Runner[], seed: number, name: string): Promise<ConformanceRecord[]> {
  const began = performance.now();
  const plan = makePlan({
    ...{ suites, roster: await foundOf(roster), guests, only: 'none', processes: 2, patience: 1, seed },
    caseTimeoutMs: TIMEOUT_MS,
    terminals: await hasTerminals(),
  });
  const observations = await execute(plan, {
    ...{ journalFile: join(folder, name), scratchFolder: join(folder, 'scratch') },
    ...{ cacheFolder: join(CACHE, 'prepared'), progress: NOBODY_WAITS },
    ...{ lacking: () => [], unexpected: () => [], signal: new AbortController().signal },
  });
  const records = judgeConformance(plan, observations, () => []);
  console.log(`${name}: ${records.length} records, ${((performance.now() - began) / 1000).toFixed(0)} s`);
  return records;
}

/** What must be the same; addresses, readings and the like in what was said differ from process to process. */
function told({ outcome, expected, covers, transcript }: ConformanceRecord): string {
  const marks = (transcript ?? []).map(({ statement, mark }) => `${mark} ${statement}`);
  return JSON.stringify([outcome, expected, covers, marks]);
}

const keyOf = ({ suite, wasi, case: name, runner }: ConformanceRecord) =>
  `${runner}: ${suite} ${wasi} ${name}`;

try {
  const fresh = chosen.map((runner) => {
    const { warm: _warm, conformance: _conformance, ...rest } = runner;
    return rest;
  });
  const reference = new Map(
    (await outcomes(fresh, 0, 'fresh processes')).map((record) => [keyOf(record), record]),
  );
  let disagreements = 0;
  for (const seed of SEEDS) {
    for (const record of await outcomes(chosen, seed, `as a run does it, seed ${seed}`)) {
      const other = reference.get(keyOf(record));
      if (other && told(other) === told(record)) continue;
      disagreements += 1;
      console.log(
        `${keyOf(record)}: ${record.outcome} (${record.reason ?? ''}), fresh ${other?.outcome} (${other?.reason ?? ''})`,
      );
    }
  }
  console.log(
    `check:ways: ${reference.size} cases of ${ids.join(', ')}, ${SEEDS.length} orders, disagreements: ${disagreements}`,
  );
  if (disagreements > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
