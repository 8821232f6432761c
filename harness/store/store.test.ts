/** Run files: written whole or not at all, refused when they are no run, and described by the committed JSON Schema. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { RunResult } from '../contracts/run.ts';
import { loadRun, saveRun, writeWhole } from './runFile.ts';
import { listRuns, readHeader } from './runFolder.ts';
import { runJsonSchema } from './runSchema.ts';

function temporary(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'wasimeter-store-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const RUN: RunResult = {
  schema: 'wasimeter/run@1',
  id: 'r',
  startedAt: '2026-01-01T00:00:00.000Z',
  finishedAt: '2026-01-01T00:01:00.000Z',
  machine: {
    ...{ os: 'o', kernel: 'k', arch: 'a', cpuModel: 'c', cores: 2, memoryBytes: 1, filesystem: 'f' },
    ...{ node: 'n', loadAverage: 0.5, harness: '0' },
  },
  config: { profile: 'quick', suites: ['s'], runners: ['n'], processes: 20, seed: 1 },
  runners: [
    {
      ...{ id: 'n', name: 'N', status: 'measured', version: '1', mode: 'jit' },
      capabilities: {
        p1: { support: 'native' },
        p2: { support: 'none', reason: 'x' },
        p3: { support: 'none' },
      },
      clockChecks: [{ wasi: 'p1', ratio: 1, tickNs: 1, verdict: 'agrees' }],
    },
  ],
  conformance: [
    {
      ...{ suite: 's', case: 'c', wasi: 'p1', runner: 'n', title: 't', outcome: 'fail', reason: 'r' },
      ...{ expected: 'e', spec: 'https://example.org/#x', covers: ['f'], durationMs: 1.5 },
      transcript: [{ statement: 's', text: 't', mark: 'failed', expected: 'e' }],
    },
  ],
  performance: [
    {
      ...{ suite: 's', case: 'c', wasi: 'p1', runner: 'n', title: 't', metric: 'latency', unit: 'ns' },
      ...{ better: 'lower', parameters: { bytes: 4 }, headline: true, value: 5, ciLow: 4, ciHigh: 6, p99: 9 },
      ...{ samples: [5, 5], rounds: 2, flags: ['contaminated'] },
      identity: { estimator: 'e', scriptHash: 's', guestHash: 'g' },
    },
  ],
  preparations: [{ runner: 'n', guest: 'g', durationNs: 7, fresh: true }],
  notMeasured: [{ suite: 's', case: 'd', wasi: 'p2', runner: 'n', reason: 'r' }],
  noise: [{ runner: 'n', wasi: 'p1', quietShare: 1, quietProcesses: 0.5, verdict: 'quiet' }],
  coverage: [{ suite: 's', wasi: 'p1', pairs: 3, asserted: 2, excluded: 1 }],
};

describe('a run file', () => {
  test('is read as it was written', async (t) => {
    const file = join(temporary(t), 'deep', 'run.json');
    await saveRun(file, RUN);
    assert.deepEqual(await loadRun(file), RUN);
    assert.deepEqual(readdirSync(join(file, '..')), ['run.json']);
  });

  test('of before preparations were recorded has none', async (t) => {
    const file = join(temporary(t), 'run.json');
    const { preparations: _, ...before } = RUN;
    writeFileSync(file, JSON.stringify(before));
    assert.deepEqual((await loadRun(file)).preparations, []);
  });

  test('is the old or the new one, whole, when its writer is killed', async (t) => {
    const folder = temporary(t);
    const file = join(folder, 'run.json');
    const old = 'old'.repeat(1000);
    writeFileSync(file, old);
    const SIZE = 200_000_000;
    const text = `
      const { writeWhole } = await import(${JSON.stringify(new URL('runFile.ts', import.meta.url).href)});
      await writeWhole(${JSON.stringify(file)}, 'n'.repeat(${SIZE}));`;
    const changed = Promise.withResolvers<void>();
    const watcher = watch(folder, () => changed.resolve());
    t.after(() => watcher.close());
    const writer = spawn(process.execPath, ['--input-type=module', '-e', text], { stdio: 'inherit' });
    const exited = once(writer, 'exit');
    await changed.promise;
    writer.kill('SIGKILL');
    await exited;
    const content = readFileSync(file, 'utf8');
    assert.ok(content === old || content === 'n'.repeat(SIZE), `${content.length} bytes stand there`);
  });

  test('that cannot be written leaves the old one', async (t) => {
    const folder = temporary(t);
    const file = join(folder, 'run.json');
    writeFileSync(file, 'old');
    mkdirSync(`${file}.${process.pid}.tmp`);
    await assert.rejects(writeWhole(file, 'new'));
    assert.equal(readFileSync(file, 'utf8'), 'old');
  });
});

describe('what is no run is refused, naming the field', () => {
  const whole = JSON.stringify(RUN);
  const text = (change: (run: Record<string, never>) => void) => {
    const copy = JSON.parse(whole);
    change(copy);
    return JSON.stringify(copy);
  };
  const set = (path: string, value: unknown) =>
    text((run) => {
      const fields = path.split('.');
      const last = fields.pop()!;
      const at = fields.reduce<Record<string, unknown>>(
        (part, field) => part[field] as Record<string, unknown>,
        run,
      );
      at[last] = value;
    });
  const refused: [string, string, RegExp][] = [
    ['another schema', set('schema', 'wasimeter/run@2'), /schema: /],
    ['no schema', set('schema', undefined), /schema: /],
    ['a text for a number', set('performance.0.value', '5'), /performance\.0\.value: .*number/],
    ['NaN, which JSON writes as null', set('performance.0.ciLow', Number.NaN), /performance\.0\.ciLow/],
    ['an endless number', whole.replace('"value":5', '"value":1e999'), /performance\.0\.value/],
    ['a negative duration', set('conformance.0.durationMs', -1), /conformance\.0\.durationMs/],
    ['an outcome that is none', set('conformance.0.outcome', 'passed'), /conformance\.0\.outcome/],
    ['a link for a date', set('startedAt', 'yesterday'), /startedAt/],
    ['__proto__', whole.replace('"cores":2', '"cores":2,"__proto__":{"admin":true}'), /machine\.__proto__/],
    [
      'an escaped __proto__ of parameters',
      whole.replace('"bytes":4', '"bytes":4,"\\u005f_proto__":1'),
      /performance\.0\.parameters\.__proto__/,
    ],
    ['half a file', whole.slice(0, whole.length / 2), /cannot be read as JSON/],
    ['an empty file', '', /cannot be read as JSON/],
    ['a list', '[]', /the document/],
  ];
  for (const [label, content, message] of refused)
    test(label, async (t) => {
      const file = join(temporary(t), 'run.json');
      writeFileSync(file, content);
      await assert.rejects(loadRun(file), { name: 'UserError', message });
      assert.equal(({} as Record<string, unknown>).admin, undefined);
    });
  test('no file', (t) =>
    assert.rejects(loadRun(join(temporary(t), 'run.json')), { name: 'UserError', message: /ENOENT/ }));
});

describe('the committed JSON Schema', () => {
  const committed = JSON.parse(readFileSync(new URL('../../docs/run.schema.json', import.meta.url), 'utf8'));
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(committed);

  test('is the one of the code', () =>
    assert.deepEqual(
      committed,
      JSON.parse(JSON.stringify(runJsonSchema())),
      'docs/run.schema.json is stale: node test/write-run-schema.ts',
    ));
  test('accepts a run, and one with a field that came later', () => {
    assert.equal(validate(RUN), true, JSON.stringify(validate.errors));
    assert.equal(validate({ ...RUN, later: 1 }), true);
  });
  test('refuses what the loader refuses', () => {
    const { schema: _, ...none } = RUN;
    assert.equal(validate(none), false);
    assert.equal(validate({ ...RUN, schema: 'wasimeter/run@2' }), false);
    assert.equal(validate({ ...RUN, conformance: [{ ...RUN.conformance[0], outcome: 'passed' }] }), false);
    assert.equal(validate({ ...RUN, performance: [{ ...RUN.performance[0], value: '5' }] }), false);
  });
});

describe('a run folder', () => {
  test('without a header is no run', async (t) => {
    const folder = temporary(t);
    await assert.rejects(readHeader(folder), { name: 'UserError', message: /no header\.json/ });
    writeFileSync(join(folder, 'header.json'), '{');
    await assert.rejects(readHeader(folder), { name: 'UserError', message: /cannot be read/ });
    writeFileSync(join(folder, 'header.json'), '{"id":"../../etc"}');
    await assert.rejects(readHeader(folder), { name: 'UserError', message: /header\.json: id/ });
  });
  test('is listed, the oldest first, files are not', async (t) => {
    const folder = temporary(t);
    for (const name of ['20260102-000000-1', '20260101-000000-9']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'notes.txt'), '');
    assert.deepEqual(await listRuns(folder), ['20260101-000000-9', '20260102-000000-1']);
    assert.deepEqual(await listRuns(join(folder, 'nowhere')), []);
  });
});
