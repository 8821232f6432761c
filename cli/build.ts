/** `npm run build`: makes dist/ anew, JavaScript with types of what a package runs, and the files that are only read. */

import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const DIST = join(ROOT, 'dist');
/** Read at run time by their place beside the code. Fixtures and sources of guests are for tests and for building. */
const READ = [
  '{harness,suites,runners,reports}/**/*.{json,css,html,svg,wasm}',
  'runners/**/*.rs',
  'guests/guests.lock.json',
  'guests/interfaces/*.json',
  'guests/prebuilt/*.wasm',
];
const FOR_TESTS = ['harness/**/fixtures/**', 'runners/**/fixtures/**', 'reports/**/fixtures/**'];

// Made beside and renamed: a build that fails leaves the last one as it was.
const made = mkdtempSync(join(ROOT, 'dist-'));
try {
  compile();
  for (const file of globSync(READ, { cwd: ROOT, exclude: FOR_TESTS }))
    cpSync(join(ROOT, file), join(made, file));
  // Stands for the package's own where code looks for its version and the Node it needs; without a name, so that `wasimeter` stays the package.
  const { version, engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    version: string;
    engines: { node: string };
  };
  writeFileSync(join(made, 'package.json'), `${JSON.stringify({ version, type: 'module', engines })}\n`);
  const missing = ownFilesMissing();
  if (missing.length > 0) throw new Error(`dist/ lacks what its code reads: ${missing.join('; ')}`);
  rmSync(DIST, { recursive: true, force: true });
  renameSync(made, DIST);
} catch (error) {
  console.error(`build: ${(error as Error).message}`);
  process.exitCode = 2;
} finally {
  rmSync(made, { recursive: true, force: true });
}

function compile(): void {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const args = [tsc, '-p', 'tsconfig.build.json', '--outDir', made];
  const { status, error } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
  if (error || status !== 0) throw new Error(`tsc ${error?.message ?? `ended with ${status}`}`);
}

/** What the built code names by `new URL('…', import.meta.url)` and is not there: of several addresses in one call, one must be. */
function ownFilesMissing(): string[] {
  return globSync('**/*.js', { cwd: made }).flatMap((file) => {
    const folder = dirname(join(made, file));
    return [...readFileSync(join(made, file), 'utf8').matchAll(/new URL\((.*?), import\.meta\.url\)/gs)]
      .map(([, address]) =>
        [...(address ?? '').matchAll(/['"`](\.\.?\/[^'"`$]*)/g)].map(([, text]) => text ?? ''),
      )
      .filter((texts) => texts.length > 0 && !texts.some((text) => existsSync(join(folder, text))))
      .map((texts) => `${file} names ${texts.join(' or ')}`);
  });
}
