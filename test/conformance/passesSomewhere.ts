/**
 * `node test/conformance/passesSomewhere.ts RUN.json…`: whether every case passes on some runner in one of these runs. One that passes nowhere
 * may be wrong itself, so it has to be argued in pass-nowhere.json from a sentence of the specification. Exits 1 where one is not,
 * where an argued one passes or is no case any more, and where more than 2 of 100 have to be argued.
 */

import { readFileSync } from 'node:fs';
import type { RunResult } from '../../harness/contracts/run.ts';

const MOST_SHARE = 0.02;

interface Argued {
  case: string;
  sentence: string;
  link: string;
}

const runs = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')) as RunResult);
if (runs.length === 0) throw new Error('name the run.json of a run of all cases');
const { cases: argued } = JSON.parse(readFileSync(new URL('pass-nowhere.json', import.meta.url), 'utf8')) as {
  cases: Argued[];
};
const records = runs.flatMap((run) => run.conformance);
const byCase = Map.groupBy(records, (one) => `${one.wasi} ${one.suite}/${one.case}`);
const nowhere = [...byCase].filter(([, own]) => !own.some(({ outcome }) => outcome === 'pass'));
const names = new Set(nowhere.map(([name]) => name));
const unargued = nowhere.filter(([name]) => !argued.some((one) => one.case === name));
const stale = argued.filter((one) => !names.has(one.case));

for (const [name, own] of unargued)
  console.log(
    `passes nowhere: ${name} (${own.map(({ runner, outcome }) => `${runner} ${outcome}`).join(', ')})`,
  );
for (const one of stale) console.log(`argued to pass nowhere, but it passes or is not there: ${one.case}`);
const share = names.size / byCase.size;
console.log(
  `passes somewhere: ${byCase.size - names.size} of ${byCase.size} cases; ${names.size} pass nowhere (${(100 * share).toFixed(1)}%, at most ${100 * MOST_SHARE}%), ${names.size - unargued.length} of them argued`,
);
if (unargued.length + stale.length > 0 || share > MOST_SHARE) process.exitCode = 1;
