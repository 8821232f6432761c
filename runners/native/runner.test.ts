/** The native floor: every call that a benchmark names is one that the program knows, and what it writes is what the estimator reads. */

import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { discoverSuites } from '../../harness/catalog/discover.ts';
import type { Found, Trial } from '../../harness/contracts/runner.ts';
import { prepareTools } from '../../harness/execute/prepareTools.ts';
import { runProcess } from '../../harness/execute/process.ts';
import { scriptArguments } from '../../harness/execute/scriptArguments.ts';
import { temporaryFolder } from '../../harness/execute/testProcesses.ts';
import { askExecutable } from '../../harness/install/children.ts';
import { locateOnPath } from '../../harness/install/locate.ts';
import { readBenchRecord } from '../../harness/measure/benchRecord.ts';
import { parseRecords } from '../../harness/script/records.ts';
import native from './runner.ts';

const K = 'ab12';
const guest = { id: 'probe-p1', wasi: 'p1', kind: 'module', file: '', hash: '' } as const;

async function timed(t: TestContext, script: string[]) {
  const found = await native.detect({
    locate: (_id, executable) => locateOnPath(executable, process.env.PATH ?? ''),
    ask: askExecutable,
  });
  if ('reason' in found) return t.skip(found.reason);
  const folder = temporaryFolder(t);
  const [made, files] = [join(folder, 'made'), join(folder, 'files')];
  for (const one of [made, files]) mkdirSync(one);
  for (const name of ['content', 'written']) writeFileSync(join(files, name), 'x'.repeat(8192));
  const artifact = (await native.prepare?.(guest, made, found as Found, prepareTools(folder))) ?? '';
  const args = scriptArguments(script.join('\n'), K);
  const preopens = [{ host: files, guest: '/' }];
  const trial: Trial = { guest, artifact, args, env: {}, preopens, network: false };
  const { end, stderr } = await runProcess(native.command(trial, found as Found), folder, 60_000);
  return { end, files, records: parseRecords(stderr, K) };
}

test('each call that a benchmark names is known to the program', async () => {
  const source = readFileSync(new URL('./floor.rs', import.meta.url), 'utf8');
  const named = [...(await discoverSuites()).values()].flatMap(({ performance }) =>
    performance.flatMap((one) => (one.metric === 'latency' && !one.call && one.native ? [one.native] : [])),
  );
  assert.ok(named.length > 50);
  for (const words of named) assert.ok(source.includes(`"${words.split(' ')[0]}"`), words);
});

test('each pass leaves a record of each call, and files are as before', async (t) => {
  const ended = await timed(t, [
    'bench 1 3 1000 lseek-set content',
    'bench 2 3 1000 openat-close-unlinkat made',
    'bench 2',
    'bench 1',
  ]);
  if (!ended) return;
  const { end, files, records } = ended;
  assert.equal(end.exitCode, 0, records.otherText);
  assert.ok(records.begun && records.ended);
  assert.equal(records.damaged, 0);
  const read = [...records.ends.values()].map(({ fields }) => readBenchRecord(fields));
  assert.deepEqual(
    read.map((one) =>
      'record' in one ? [one.record.key, one.record.failed, one.record.batchesNs.length] : one,
    ),
    [1, 2, 2, 1].map((key) => [key, false, 3]),
  );
  assert.deepEqual(readdirSync(files).toSorted(), ['content', 'written']);
});

test('a call that fails is told', async (t) => {
  const ended = await timed(t, ['bench 1 1 1000 readlinkat absent']);
  if (!ended) return;
  const [read] = [...ended.records.ends.values()].map(({ fields }) => readBenchRecord(fields));
  assert.ok(read && 'record' in read && read.record.failed);
});

test('a call that it does not know is said, with its line', async (t) => {
  const ended = await timed(t, ['bench 1 1 1000 lseek-set content', 'bench 2 1 1000 juggle']);
  assert.deepEqual(ended?.records.scriptError, ended && { line: 2, error: 'there is no such call' });
});
