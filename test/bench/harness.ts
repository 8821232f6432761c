/**
 * `npm run bench:harness`: what the harness's own work on a run costs, so that a change that makes it slow is noticed: reading
 * the journal, its records and run.json, rendering. Uses the last run under out/runs. Prints milliseconds and each share of the whole.
 */

import { join } from 'node:path';
import { Bench } from 'tinybench';
import { discoverReporters } from '../../harness/catalog/discover.ts';
import { readJournal } from '../../harness/execute/journal.ts';
import { parseRecords } from '../../harness/script/records.ts';
import { loadRun } from '../../harness/store/runFile.ts';
import { listRuns, runFolder } from '../../harness/store/runFolder.ts';

const RUNS = 'out/runs';

const id = (await listRuns(RUNS)).at(-1);
if (!id) throw new Error("there is no run in out/runs; make one with 'npm start'");
const folder = runFolder(join(RUNS, id));
const observations = readJournal(folder.journal);
const run = await loadRun(folder.result);
const reporters = await discoverReporters();

const bench = new Bench({ time: 1000, warmupTime: 200 })
  .add('read the journal', () => void readJournal(folder.journal))
  .add('parse all records', () => {
    for (const one of observations) if ('stderr' in one) parseRecords(one.stderr, one.nonce);
  })
  .add('read and check run.json', () => loadRun(folder.result));
for (const reporter of reporters.values()) bench.add(`render ${reporter.id}`, () => reporter.render(run));

await bench.run();
const means = bench.tasks.map((task) => ({
  name: task.name,
  meanMs: task.result.state === 'completed' ? task.result.latency.mean : Number.NaN,
}));
const wholeMs = means.reduce((sum, one) => sum + one.meanMs, 0);
for (const { name, meanMs } of means)
  console.log(`${name}: ${meanMs.toFixed(1)} ms, ${((meanMs / wholeMs) * 100).toFixed(0)}%`);
console.log(
  `bench:harness: ${wholeMs.toFixed(0)} ms for ${observations.length} observations, ${run.conformance.length} cases, ${run.performance.length} figures`,
);
