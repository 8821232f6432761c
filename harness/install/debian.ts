/** Bringing in a runtime from packages of a newer Debian suite, unpacked beside the system and started with their own loader. */

import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { DebianSource } from '../contracts/install.ts';
import { runChild } from './children.ts';
import { hashFile } from './hashFile.ts';
import type { Brought } from './manifest.ts';
import { debianMirror } from './mirror.ts';
import type { Machine } from './options.ts';
import { answered, SourceUnavailable } from './sourceTrouble.ts';

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** Debian's names for an architecture, and its loader, by Node's name for it. */
const ARCHITECTURES: Record<string, { debian: string; libraries: string; loader: string }> = {
  x64: { debian: 'amd64', libraries: 'usr/lib/x86_64-linux-gnu', loader: 'ld-linux-x86-64.so.2' },
  arm64: { debian: 'arm64', libraries: 'usr/lib/aarch64-linux-gnu', loader: 'ld-linux-aarch64.so.1' },
};

/** Unpacks the packages into `tree`, using `scratch`; returns the packages' versions and how it is started. */
export async function unpackDebian(
  source: DebianSource,
  tree: string,
  scratch: string,
  machine: Machine,
): Promise<Brought> {
  const architecture = ARCHITECTURES[machine.platform.arch];
  if (!architecture) throw new Error(`no Debian architecture is known for ${machine.platform.arch}`);
  const mirror = await debianMirror(machine.etcDir).catch((error) => {
    throw new SourceUnavailable(error.message);
  });
  const config = await writeAptConfig(path.join(scratch, 'apt'), source.suite, mirror, architecture.debian);
  const debs = path.join(scratch, 'debs');
  await mkdir(debs, { recursive: true });

  const env = { ...machine.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
  const bounded = { env, cwd: debs, timeoutMs: machine.downloadTimeoutMs };
  const answer = { like: /^(Get|Hit):\d/, withinMs: machine.toolAnswerMs };
  await answered('apt-get', runChild('apt-get', ['-c', config, '-q', 'update'], { ...bounded, answer }));
  const pinned = source.pinned.map((wanted) => `${wanted.package}=${wanted.version}`);
  // One call for all: apt's reading of the suite's index costs more than most of the downloads.
  await runChild('apt-get', ['-c', config, '-q', 'download', ...pinned, ...source.libraries], bounded);

  const names = await readdir(debs);
  const root = path.join(tree, 'root');
  await mkdir(root);
  const own = source.pinned.map((wanted) => ({ ...wanted, file: fileOf(wanted.package, names) }));
  for (const { package: name, sha256, file } of own) {
    const actual = await hashFile(path.join(debs, file));
    if (actual !== sha256) throw new Error(`${name}'s SHA-256 is ${actual}, expected ${sha256}`);
  }
  const unpack = (file: string) => runChild('dpkg-deb', ['-x', path.join(debs, file), root], bounded);
  const files = [...own.map(({ file }) => file), ...source.libraries.map((name) => fileOf(name, names))];
  await Promise.all(files.map(unpack));
  await rm(path.join(root, 'usr/share'), { recursive: true, force: true });

  const started = path.basename(source.executable);
  await writeFile(path.join(tree, started), startScript(architecture, source.executable));
  await chmod(path.join(tree, started), 0o755);
  const libraries = path.join('root', architecture.libraries);
  return {
    packages: Object.fromEntries(files.map(versionOf)),
    start: {
      program: path.join('root', source.executable),
      libraries: [libraries],
      loader: path.join(libraries, architecture.loader),
    },
  };
}

/**
 * An apt of our own beside the system's: its own sources, lists, cache and (empty) list of installed packages, so that
 * neither needs root nor sees the other. The system's settings for proxies stay in force; its hooks don't.
 */
async function writeAptConfig(folder: string, suite: string, mirror: string, arch: string): Promise<string> {
  for (const name of ['lists/partial', 'cache/archives/partial', 'state']) {
    await mkdir(path.join(folder, name), { recursive: true });
  }
  const file = (name: string) => path.join(folder, name);
  // `target=Packages` leaves out translations, file contents and icons: the package index is all that is needed.
  const options = `arch=${arch} target=Packages lang=none pdiffs=no signed-by=${KEYRING}`;
  await writeFile(file('sources.list'), `deb [${options}] ${mirror} ${suite} main\n`);
  await writeFile(file('status'), '');
  await writeFile(
    file('apt.conf'),
    `#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
Dir::Etc::sourcelist "${file('sources.list')}";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State "${file('state')}";
Dir::State::lists "${file('lists')}";
Dir::State::status "${file('status')}";
Dir::Cache "${file('cache')}";
APT::Sandbox::User "root";
APT::Update::Error-Mode "any";
APT::Get::AllowUnauthenticated "false";
Acquire::AllowInsecureRepositories "false";
Acquire::Languages "none";
Acquire::Retries "1";
`,
  );
  return file('apt.conf');
}

function fileOf(name: string, files: string[]): string {
  const matching = files.filter((file) => file.startsWith(`${name}_`) && file.endsWith('.deb'));
  if (matching.length !== 1) throw new Error(`apt-get left ${matching.length} files of ${name}`);
  return matching[0]!;
}

/** Package and version by the name of its file, in which apt writes a colon as `%3a`. */
function versionOf(file: string): [string, string] {
  const [name = '', version = ''] = file.split('_');
  return [name, version.replaceAll('%3a', ':')];
}

/**
 * What stands for the runtime where a user or a compiler starts it; trials start the loader itself. Finds its own folder at run time: the tree is unpacked in one place and renamed to another.
 */
function startScript(architecture: { libraries: string; loader: string }, executable: string): string {
  return `#!/bin/sh
# Starts the runtime with the C library and loader it was built for, which are newer than the system's.
root=\${0%/*}/root
libraries=$root/${architecture.libraries}
exec "$libraries/${architecture.loader}" --library-path "$libraries" "$root/${executable}" "$@"
`;
}
