/** Which of apt's sources names the Debian mirror. */

import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { fakeMachine } from './fake-machine.ts';
import { debianMirror } from './mirror.ts';

const DEB822 = `# comment
Types: deb
# an older address
URIs: http://mirror.invalid/debian-security
Suites: bookworm-security
Components: main

Types: deb deb-src
URIs: http://mirror.invalid/debian
Suites: bookworm
 bookworm-updates
Components: main contrib
`;

async function mirrorOf(t: Parameters<typeof fakeMachine>[0], files: Record<string, string>) {
  const { etcDir } = (await fakeMachine(t)).options;
  await rm(path.join(etcDir, 'apt/sources.list'));
  await mkdir(path.join(etcDir, 'apt/sources.list.d'));
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(etcDir, 'apt', name), text);
  return debianMirror(etcDir);
}

test('deb822: the stanza of the release itself, comments and continued lines notwithstanding', async (t) => {
  assert.equal(
    await mirrorOf(t, { 'sources.list.d/debian.sources': DEB822 }),
    'http://mirror.invalid/debian',
  );
});

test('one-line format, with and without options', async (t) => {
  const files = {
    'sources.list':
      '# deb http://old.invalid bookworm main\ndeb-src http://src.invalid bookworm main\ndeb [arch=amd64 signed-by=/a b] https://mirror.invalid/debian bookworm main # here\n',
  };
  assert.equal(await mirrorOf(t, files), 'https://mirror.invalid/debian');
});

test("others' repositories are passed over for Debian's own files", async (t) => {
  const files = {
    'sources.list.d/another.list': 'deb http://another.invalid/apt bookworm main\n',
    'sources.list.d/debian.sources': DEB822,
  };
  assert.equal(await mirrorOf(t, files), 'http://mirror.invalid/debian');
});

test('disabled stanzas, media and other suites are no mirror', async (t) => {
  const files = {
    'sources.list': 'deb cdrom:[Debian]/ bookworm main\ndeb http://another.invalid/apt nodistro main\n',
    'sources.list.d/debian.sources': DEB822.replaceAll('Types:', 'Enabled: no\nTypes:'),
  };
  await assert.rejects(mirrorOf(t, files), { message: "apt's sources name no Debian mirror" });
});
