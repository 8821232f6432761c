/** `npm run test:package`: the tarball as a user gets it, on the oldest Node it promises and on the newest. */

import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, close, say } from './checks.ts';
import { firstRun } from './firstRun.ts';
import { nodes } from './nodes.ts';
import { ownParts, typesAgree } from './ownParts.ts';
import { packed } from './tarball.ts';

// Outside of the checkout: what a package lacks must not be found in the folders above it.
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'wasimeter-package-')));
try {
  say('building and packing');
  const tarball = await packed(folder);
  say('the Nodes to try it on');
  let own = '';
  for (const node of await nodes()) {
    own = mkdtempSync(join(folder, 'user-'));
    await firstRun(tarball, own, node);
    await ownParts(own, node);
  }
  await typesAgree(own);
} catch (error) {
  await check('building, packing and fetching Node', () => {
    throw error;
  });
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
close();
