/** The host of a plug-in as a process: real guests on Node and on jco, the records it leaves, and what it says of a mistake. */

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import jco from '../../../runners/jco/runner.ts';
import node from '../../../runners/node/runner.ts';
import wasmtime from '../../../runners/wasmtime/runner.ts';
import { loadGuests } from '../../catalog/guests.ts';
import type { Found, Runner, Trial } from '../../contracts/runner.ts';
import { readBenchRecord } from '../../measure/benchRecord.ts';
import { parseRecords } from '../../script/records.ts';
import { prepareTools } from '../prepareTools.ts';
import { runProcess } from '../process.ts';
import { scriptArguments } from '../scriptArguments.ts';
import { temporaryFolder } from '../testProcesses.ts';
import { inProcessCommand } from './command.ts';

const K = 'ab12';
const AMPLE_MS = 60_000;
const tools = { locate: () => Promise.resolve(undefined), ask: () => Promise.resolve('') };

async function hosted(t: TestContext, runner: Runner, id: string, script: string) {
  const found = await runner.detect(tools);
  if ('reason' in found) return t.skip(found.reason);
  const folder = temporaryFolder(t);
  const guest = loadGuests().get(id)!;
  const made = join(folder, 'made');
  mkdirSync(made);
  const artifact = await runner.prepare!(guest, made, found as Found, prepareTools(folder));
  const args = scriptArguments(script, K);
  const trial: Trial = { guest, artifact, args, env: {}, preopens: [], network: false };
  const { end, stderr } = await runProcess(inProcessCommand(runner, trial), folder, AMPLE_MS);
  return { end, records: parseRecords(stderr, K) };
}

for (const [runner, id] of [
  [node, 'wat-p1-calls'],
  [jco, 'wat-p2-calls'],
] as const)
  test(`${runner.id} calls ${id}: each pass leaves a record of each call`, async (t) => {
    const script = ['bench 5 3 1000 sum 0', 'bench 6 3 1000 sum 65536', 'bench 6', 'bench 5'].join('\n');
    const ended = await hosted(t, runner, id, script);
    if (!ended) return;
    assert.equal(ended.end.exitCode, 0, ended.records.otherText);
    assert.ok(ended.records.begun && ended.records.ended);
    assert.equal(ended.records.damaged, 0);
    const read = [...ended.records.ends.values()].map((end) => readBenchRecord(end.fields));
    const keys = read.map((one) => ('record' in one ? one.record.key : JSON.stringify(one)));
    assert.deepEqual(keys, [5, 6, 6, 5]);
  });

test('an export that there is not is said, and nothing is recorded of it', async (t) => {
  const ended = await hosted(t, node, 'wat-p1-calls', 'bench 5 3 1000 sums 0');
  assert.notEqual(ended?.end.exitCode, 0);
  assert.match(ended?.records.otherText ?? '', /the guest exports no function 'sums'/);
  assert.equal(ended?.records.ends.size, 0);
});

test('a runtime without such a host is never started as one', () => {
  assert.throws(() => inProcessCommand(wasmtime, {} as Trial), /wasmtime calls no guest/);
});
