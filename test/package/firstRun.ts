/** What a newcomer sees: the tarball in an empty folder, the quick profile on node, jco only when they bring it. */

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from './checks.ts';
import type { NodeVersion } from './nodes.ts';
import { ROOT, run, runWell } from './programs.ts';
import { assertMeasured, validRun } from './runJson.ts';

const JCO = '@bytecodealliance/jco';
const SHIM = '@bytecodealliance/preview2-shim';

/** Installs the tarball into `folder`, measures, and leaves it installed. */
export async function firstRun(tarball: string, folder: string, node: NodeVersion): Promise<void> {
  const on = `Node ${node.version}`;
  const npx = (...words: string[]) => ['npx', 'wasimeter', ...words];
  await check(`${on}: installs into an empty folder, jco not among it`, async () => {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    const words = ['npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', tarball];
    await runWell(words, folder, node.folder);
    assert.equal(existsSync(join(folder, 'node_modules/@bytecodealliance')), false, 'jco came along');
  });
  await check(`${on}: npx wasimeter run --profile quick --runner node`, async () => {
    const words = npx('run', '--profile', 'quick', '--runner', 'node');
    const { stdout, stderr } = await runWell(words, folder, node.folder);
    assert.doesNotMatch(stderr, /warning/i);
    assert.match(stdout, /^report: out\/report\/index\.html$/m);
    assert.ok(existsSync(join(folder, 'out/report/index.html')));
  });
  await check(`${on}: its run.json is as the schema says, with cases and figures`, () => {
    const result = validRun(folder);
    assert.equal(result.runners.find((one) => one.id === 'node')?.version, node.version);
    return assertMeasured(result, 'node');
  });
  await check(`${on}: jco is said to be not installed, with the command to get it`, async () => {
    const { code, stderr } = await run(npx('run', '--runner', 'jco'), folder, node.folder);
    assert.equal(code, 2, stderr);
    assert.ok(stderr.includes(`jco is not installed; npm install ${JCO} ${SHIM}`), stderr);
  });
  await check(`${on}: jco beside the package is found and runs preview 2`, async () => {
    // Linked, as pnpm lays packages out; downloading its 337 MB again would show no more.
    mkdirSync(join(folder, 'node_modules/@bytecodealliance'));
    for (const name of [JCO, SHIM])
      symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
    const words = npx('run', '--runner', 'jco', '--suite', 'random', '--profile', 'conformance');
    await runWell(words, folder, node.folder);
    const result = validRun(folder);
    const passing = result.conformance.filter((one) => one.wasi === 'p2' && one.outcome === 'pass').length;
    assert.ok(passing > 0, 'no case of preview 2 passes');
    return `${passing} cases of preview 2 pass`;
  });
}
