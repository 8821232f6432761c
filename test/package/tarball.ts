/** The tarball: made as npm publishes it, and checked for what it holds. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { check } from './checks.ts';
import { ROOT, runWell } from './programs.ts';

/** All that a user needs, and nothing else. */
const ALLOWED = [
  /^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md|CONTRIBUTING\.md|SECURITY\.md)$/,
  /^cli\/wasimeter\.mjs$/,
  /^docs\/(?:[\w-]+\.md|[\w.-]+\.schema\.json|images\/[\w-]+\.png)$/,
  /^dist\/package\.json$/,
  /^dist\/(?:cli|harness|suites|runners|reports)\/[\w/-]+\.js$/,
  /^dist\/harness\/(?:public|contracts\/[\w-]+)\.d\.ts$/,
  /^dist\/(?:harness|suites|runners|reports)\/[\w/-]+\.(?:json|css|html|svg|wasm)$/,
  // Built where it is used.
  /^dist\/runners\/[\w/-]+\.rs$/,
  /^dist\/guests\/(?:guests\.lock\.json|interfaces\/[\w-]+\.json|prebuilt\/[\w-]+\.wasm)$/,
];
/** Never, wherever: tests and what only they read. */
const FORBIDDEN = /\.test\.|(?:^|\/)(?:fixtures|testing|bench|target|project)\/|(?:^|\/)fake[A-Z-]/;
/** Without these nothing runs. */
const NEEDED = [
  'LICENSE',
  'dist/cli/main.js',
  'dist/harness/public.d.ts',
  'dist/runners/node/child.js',
  'dist/runners/native/floor.rs',
];
const MOST_BYTES = 1.25 * 1024 * 1024;

interface Packed {
  filename: string;
  size: number;
  unpackedSize: number;
  files: { path: string }[];
}

/** Packs (npm builds first), checks the contents, and returns the tarball's path. Throws when it can't be packed. */
export async function packed(folder: string): Promise<string> {
  const { stdout } = await runWell(['npm', 'pack', '--json', '--silent', '--pack-destination', folder], ROOT);
  const parsed = JSON.parse(stdout.slice(stdout.search(/^[[{]/m))) as Packed[];
  const pack = parsed[0];
  assert.ok(pack, 'npm pack names no tarball');
  const paths = pack.files.map((file) => file.path);
  await check('the tarball holds only what a user needs', () => {
    const strange = paths.filter((path) => FORBIDDEN.test(path) || !ALLOWED.some((one) => one.test(path)));
    assert.ok(strange.length === 0, `also ${strange.slice(0, 5).join(', ')}`);
    const missing = NEEDED.filter((path) => !paths.includes(path));
    assert.ok(missing.length === 0, `without ${missing.join(', ')}`);
    return `${paths.length} files`;
  });
  await check('the tarball is small', () => {
    const told = `${Math.ceil(pack.size / 1024)} KiB, unpacked ${Math.ceil(pack.unpackedSize / 1024)} KiB`;
    assert.ok(pack.size < MOST_BYTES, told);
    return told;
  });
  await check('what README.md and the docs link to is in it', () => {
    const lost = paths.filter((path) => path.endsWith('.md')).flatMap((path) => lostLinks(path, paths));
    assert.ok(lost.length === 0, lost.join(', '));
  });
  return join(folder, pack.filename);
}

function lostLinks(page: string, paths: string[]): string[] {
  const links = readFileSync(join(ROOT, page), 'utf8').matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g);
  return [...links]
    .map(([, link]) => normalize(join(page, '..', link ?? '')))
    .filter((target) => !paths.includes(target))
    .map((target) => `${page} links ${target}`);
}
