/** Compilers that prepare guests: their failures are told in their own words, and none outlives its time. */

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { prepareTools } from './prepareTools.ts';
import { temporaryFolder } from './testProcesses.ts';

const node = (text: string) => ({ file: process.execPath, args: ['-e', text] });

describe('a compiler', () => {
  test('that ends with 0 has done its work, whatever it says', async (t) => {
    await prepareTools(temporaryFolder(t)).run(node('console.error("error: none")'));
  });

  test('that fails is told in its own words, the lines about errors first', async (t) => {
    const folder = temporaryFolder(t);
    const said = `console.log('[info] begun\\\\n[error] loading failed: magic header'); console.error('bye'); process.exit(1)`;
    await assert.rejects(prepareTools(folder).run(node(said.replaceAll('\\\\n', '\\n'))), {
      message: 'node ended with 1: [error] loading failed: magic header',
    });
    await assert.rejects(prepareTools(folder).run(node('console.log("hm"); process.exit(3)')), {
      message: 'node ended with 3: hm',
    });
    assert.deepEqual(readdirSync(folder), []);
  });

  test('that cannot be started, hangs or is killed is told so', async (t) => {
    const folder = temporaryFolder(t);
    await assert.rejects(
      prepareTools(folder).run({ file: '/nowhere/rt', args: [] }),
      /^Error: rt could not be started: .*ENOENT/,
    );
    await assert.rejects(
      prepareTools(folder, 500).run(node('setInterval(() => {}, 1000)')),
      /^Error: node took longer than 0\.5 s/,
    );
    await assert.rejects(
      prepareTools(folder).run(node('process.kill(process.pid, "SIGKILL")')),
      /^Error: node was ended by SIGKILL/,
    );
  });

  test('gets nothing of the user’s environment', async (t) => {
    const text = 'process.exit(process.env.HOME === undefined ? 0 : 1)';
    await prepareTools(temporaryFolder(t)).run(node(text));
  });
});
