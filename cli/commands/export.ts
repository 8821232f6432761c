/** `wasimeter export`: a case as a wasm that needs no harness, with what is expected of it, for a runtime's maintainer. */

import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { Command } from 'commander';
import { allRunners } from '../../harness/catalog/catalog.ts';
import { UserError } from '../../harness/contracts/failure.ts';
import type { WasiVersion } from '../../harness/contracts/wasi.ts';
import { buildScript } from '../../harness/script/builder.ts';
import { exportFiles } from '../../harness/standalone/exportFiles.ts';
import { withWasi } from '../run/selectionOptions.ts';
import { findCases, type NamedCase } from '../show/findCases.ts';
import { openWorkspace, type Workspace } from '../workspace.ts';

interface ExportOptions {
  out?: string;
  wasi?: WasiVersion[];
}

const EXAMPLES = `
The folder gets case.wasm, expectation.json, README.md, and where the case has files a script that makes them.

Examples:
  $ wasimeter export clock_res_get/realtime
  $ wasimeter export clocks/clock_time_get/bad-id-4 --out /tmp/bad-id`;

/** The command with its options. */
export function exportCommand(): Command {
  const command = new Command('export')
    .description('write a case as a standalone wasm, with what is expected of it')
    .argument('<case>', 'case, or suite/case')
    .option('-o, --out <folder>', 'a folder that is not there yet (out/export/<case> without it)')
    .addHelpText('after', EXAMPLES)
    .action(exportCase);
  return withWasi(command);
}

async function exportCase(word: string, options: ExportOptions): Promise<void> {
  const workspace = await openWorkspace();
  const [named, ...others] = findCases(workspace, word, options.wasi);
  if (!named) throw new Error('findCases found nothing and said nothing');
  if (others.length > 0)
    throw new UserError(
      `'${word}' is several cases (${[named, ...others].map(({ suite, one }) => `${one.wasi} ${suite.id}/${one.id}`).join(', ')}): name one, with --wasi where that tells them apart`,
    );
  const name = [named.one.wasi, named.suite.id, named.one.id].join('-').replaceAll(/[^\w.-]+/g, '-');
  const folder = resolve(options.out ?? join('out', 'export', name));
  if (existsSync(folder))
    throw new UserError(
      `${relative(process.cwd(), folder)} is there already: remove it, or name another by --out`,
    );
  await writeFolder(folder, await filesOf(named, workspace));
  console.log(`written: ${relative(process.cwd(), folder)} (read its README.md)`);
}

async function filesOf({ suite, one }: NamedCase, { guests, catalog }: Workspace) {
  const guest = guests.get(one.guest);
  if (!guest) throw new Error(`case '${one.id}' is of a guest that there is not`);
  if (one.fixture)
    throw new UserError(
      `'${one.id}' is about a guest that stands alone already: ${relative(process.cwd(), guest.file)}`,
    );
  const runners = allRunners(catalog).map(({ item }) => item);
  const guestBytes = await readFile(guest.file);
  return exportFiles({
    suite: suite.id,
    one,
    built: buildScript(one.wasi, one.script),
    guest,
    guestBytes,
    runners,
  });
}

/** All of it or nothing: written beside, then renamed. */
async function writeFolder(folder: string, files: ReadonlyMap<string, string | Uint8Array>): Promise<void> {
  const beside = `${folder}.${process.pid}.tmp`;
  await mkdir(dirname(folder), { recursive: true });
  try {
    await mkdir(beside);
    for (const [name, content] of files) await writeFile(join(beside, name), content);
    await rename(beside, folder);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}
