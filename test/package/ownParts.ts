/** What a user adds: a suite, runners, a reporter beside their own bench.config.ts, equal to ours. */

import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from './checks.ts';
import type { NodeVersion } from './nodes.ts';
import { ROOT, runWell } from './programs.ts';
import { assertMeasured, validRun } from './runJson.ts';

const PROJECT = join(ROOT, 'test', 'package', 'project');

/** Copies the project into `folder`, where the package is installed, and runs it. */
export async function ownParts(folder: string, node: NodeVersion): Promise<void> {
  const on = `Node ${node.version}`;
  cpSync(PROJECT, folder, { recursive: true });
  const file = join(folder, 'package.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), type: 'module' }));
  rmSync(join(folder, 'out'), { recursive: true, force: true });
  await check(`${on}: npx wasimeter run with own suite, runners and reporter`, async () => {
    const { stderr } = await runWell(['npx', 'wasimeter', 'run'], folder, node.folder);
    assert.doesNotMatch(stderr, /warning/i);
  });
  await check(`${on}: only the own suite was run`, () => {
    const { conformance, performance } = validRun(folder);
    const suites = [...new Set([...conformance, ...performance].map((one) => one.suite))];
    assert.equal(suites.join(), 'own-suite');
  });
  for (const id of ['own-node', 'by-command'])
    await check(`${on}: the own runner ${id} ran its case and its benchmark`, () =>
      assertMeasured(validRun(folder), id),
    );
  await check(`${on}: the own reporter wrote its file`, () => {
    const text = readFileSync(join(folder, 'out/report/own.txt'), 'utf8');
    assert.match(text, /^own-node clock_time_get\/answers pass$/m);
  });
  for (const [what, id] of Object.entries({
    runners: 'own-node',
    suites: 'own-suite',
    reporters: 'own-report',
  }))
    await check(`${on}: wasimeter list ${what} names ${id}`, async () => {
      const { stdout } = await runWell(['npx', 'wasimeter', 'list', what, '--json'], folder, node.folder);
      const ids = (JSON.parse(stdout) as { id: string }[]).map((row) => row.id);
      assert.ok(ids.includes(id), ids.join(', '));
    });
}

/** Type-checks the project, copied into `folder` before, against the types of the installed package. */
export async function typesAgree(folder: string): Promise<void> {
  await check('bench.config.ts and own parts agree with the shipped types', async () => {
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const types = ['--typeRoots', join(ROOT, 'node_modules/@types')];
    await runWell([process.execPath, tsc, '-p', 'tsconfig.json', ...types], folder);
  });
}
