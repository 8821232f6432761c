/** Bringing in a runtime from its project's own release archive, by the digest that was announced and is then locked. */

import { chmod, lstat, mkdir, rename, symlink, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Platform, ReleaseArchives } from '../contracts/install.ts';
import { isExact, newestFirst, satisfies } from '../naming/release.ts';
import { type Announced, announcedRelease, announcedTags } from './announcement.ts';
import { unpackArchive } from './archive.ts';
import { runChild } from './children.ts';
import { DownloadError, downloadFile } from './download.ts';
import type { Brought } from './manifest.ts';
import { type Machine, platformOf } from './options.ts';
import { type LockedArchive, lockArchive, lockedFor, readReleaseLock } from './releaseLock.ts';
import { SourceUnavailable } from './sourceTrouble.ts';

const MOST_BYTES = 512 * 2 ** 20;

/** The names that the archive of a version may have on this machine; none where the project makes none. */
export function archiveNames(archives: ReleaseArchives, version: string, machine: Machine): string[] {
  const names = archives.assets[platformOf(machine) as Platform] ?? [];
  return names.map((name) => name.replaceAll('{version}', version));
}

/** The newest version that is the release asked for: by its own name, or of those announced. */
export async function newestRelease(
  archives: ReleaseArchives,
  release: string,
  machine: Machine,
): Promise<string> {
  if (isExact(release)) return release;
  const [before = '', after = ''] = archives.tag.split('{version}');
  const versions = (await announcedTags(archives.repository, machine))
    .filter((tag) => tag.startsWith(before) && tag.endsWith(after))
    .map((tag) => tag.slice(before.length, tag.length - after.length))
    .filter((version) => /^\d[\w.+-]{0,60}$/.test(version) && satisfies(version, release));
  const newest = versions.toSorted(newestFirst)[0];
  if (newest === undefined) throw new Error(`there is no release ${release}`);
  return newest;
}

/** Puts the executable, and the libraries it needs, into `tree`; returns how it is started where that takes a script. */
export async function unpackRelease(
  runtime: string,
  version: string,
  archives: ReleaseArchives,
  tree: string,
  scratch: string,
  machine: Machine,
): Promise<Brought> {
  const platform = platformOf(machine);
  const locked = lockedFor(await readReleaseLock(machine.lockFile), runtime, version, platform);
  const chosen = await choose(version, archives, locked, machine);
  const file = path.join(scratch, 'archive');
  const limits = {
    answerMs: machine.toolAnswerMs,
    stallMs: machine.stallMs,
    totalMs: machine.downloadTimeoutMs,
    maxBytes: MOST_BYTES,
  };
  const { sha256 } = await downloadFile(chosen.url, file, limits).catch(unreachable);
  if (sha256 !== chosen.sha256)
    throw new Error(`${chosen.asset}'s SHA-256 is ${sha256}, announced was ${chosen.sha256}`);
  if (machine.lockFile !== undefined && !locked)
    await lockArchive(machine.lockFile, runtime, version, platform, chosen).catch((error) =>
      machine.onProgress(
        `${runtime}: ${path.basename(machine.lockFile ?? '')} can't be written (${error.code ?? error.message}): the digest is not locked`,
      ),
    );
  const folders = archives.libraries ?? [];
  const unpacked = path.join(scratch, 'unpacked');
  const top = await unpackArchive(file, unpacked, { executable: archives.executable, folders }, machine);
  await unlink(file);
  if (folders.length === 0) return placeAlone(path.join(top, archives.executable), tree);
  return placeWithLibraries(top, archives.executable, folders, tree, machine);
}

/** The archive by announcement, held against the lock; by the lock alone where nothing is announced just now. */
async function choose(
  version: string,
  archives: ReleaseArchives,
  locked: LockedArchive | undefined,
  machine: Machine,
): Promise<LockedArchive> {
  let announced: Announced;
  try {
    const tag = archives.tag.replaceAll('{version}', version);
    announced = await announcedRelease(archives.repository, tag, machine);
  } catch (error) {
    const later = error instanceof DownloadError && error.kind === 'unwilling';
    if (locked && (later || error instanceof SourceUnavailable)) return locked;
    if (error instanceof DownloadError && error.kind === 'absent')
      throw new Error(`there is no release ${version}`);
    throw error;
  }
  const names = locked ? [locked.asset] : archiveNames(archives, version, machine);
  const asset = names.flatMap((name) => announced.assets.find((one) => one.name === name) ?? [])[0];
  if (!asset) throw new Error(`the release has no ${names.join(' or ')}`);
  const sha256 = /^sha256:([0-9a-f]{64})$/.exec(asset.digest ?? '')?.[1];
  if (sha256 === undefined) throw new Error(`no SHA-256 is announced for ${asset.name}`);
  if (locked && locked.sha256 !== sha256)
    throw new Error(
      `refused: ${asset.name} is announced with SHA-256 ${sha256}, but ${path.basename(machine.lockFile ?? '')} holds ${locked.sha256}; if you know why the release was replaced, remove its entry there`,
    );
  return { asset: asset.name, sha256, url: asset.browser_download_url };
}

function unreachable(error: unknown): never {
  if (error instanceof DownloadError && error.kind === 'unreachable')
    throw new SourceUnavailable(`the archive can't be reached: ${error.message}`);
  throw error;
}

async function placeAlone(executable: string, tree: string): Promise<Brought> {
  const started = path.basename(executable);
  await rename(executable, path.join(tree, started));
  await chmod(path.join(tree, started), 0o755);
  return {};
}

/** Keeps the folders' places to each other: executables look for their libraries beside themselves. */
async function placeWithLibraries(
  top: string,
  executable: string,
  folders: string[],
  tree: string,
  machine: Machine,
): Promise<Brought> {
  const root = path.join(tree, 'root');
  await mkdir(path.dirname(path.join(root, executable)), { recursive: true });
  await rename(path.join(top, executable), path.join(root, executable));
  await chmod(path.join(root, executable), 0o755);
  const kept: string[] = [];
  for (const folder of folders) {
    if (!(await lstat(path.join(top, folder)).catch(() => undefined))) continue;
    await mkdir(path.dirname(path.join(root, folder)), { recursive: true });
    await rename(path.join(top, folder), path.join(root, folder));
    kept.push(folder);
  }
  const started = path.basename(executable);
  const file = path.join(tree, started);
  await symlink(path.join('root', executable), file);
  // Official builds find their libraries themselves; a shell before each start would cost what start-up figures measure.
  const { LD_LIBRARY_PATH: _, DYLD_LIBRARY_PATH: __, ...env } = machine.env;
  const alone = await runChild(file, ['--version'], { env, timeoutMs: 20_000 }).catch(() => undefined);
  if (alone === undefined) {
    await unlink(file);
    await writeFile(file, startScript(executable, kept), { mode: 0o755 });
  }
  if (alone !== undefined) return {};
  const libraries = kept.map((folder) => path.join('root', folder));
  return { start: { program: path.join('root', executable), libraries } };
}

/** Finds its own folder at run time: the tree is unpacked in one place and renamed to another. */
function startScript(executable: string, folders: string[]): string {
  const libraries = folders.map((folder) => `$root/${folder}`).join(':');
  return `#!/bin/sh
# Starts the runtime with the libraries that came with it.
root=\${0%/*}/root
LD_LIBRARY_PATH="${libraries}" DYLD_LIBRARY_PATH="${libraries}" exec "$root/${executable}" "$@"
`;
}
