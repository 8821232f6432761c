/** Transpiles one guest in a process of its own, so that what it takes is what a user pays, jco's loading included. */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** By its name as a value: the types it comes with don't know of asynchronous instantiation. */
const JCO = '@bytecodealliance/jco';
const { componentNew, preview1AdapterCommandPath, transpile } = await import(JCO);
const [guest = '', kind, folder = '', child = ''] = process.argv.slice(2);
const bytes = await readFile(guest);
const component =
  kind === 'component'
    ? bytes
    : await componentNew(bytes, [['wasi_snapshot_preview1', await readFile(adapterPath())]]);
const { files } = await transpile(component, { name: 'guest', instantiation: { tag: 'async' } });
for (const [path, content] of Array.isArray(files)
  ? files
  : Object.entries(files as Record<string, Uint8Array>)) {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}
await writeFile(join(folder, 'package.json'), '{"type":"module"}');
// Stripping the types at each start would cost 50 ms of the start-up that is measured.
const text = await readFile(child, 'utf8');
await writeFile(join(folder, 'child.mjs'), child.endsWith('.ts') ? stripTypeScriptTypes(text) : text);

function adapterPath(): string {
  const path: string | URL = preview1AdapterCommandPath();
  return typeof path === 'string' && !path.startsWith('file:') ? path : fileURLToPath(path);
}
