/** Finds the versions of a runtime between two, installed or to be installed. */

import { UserError } from '../../harness/contracts/failure.ts';
import type { Runner } from '../../harness/contracts/runner.ts';
import { takeInventory } from '../../harness/install/inventory.ts';
import { isVersion, newestFirst, satisfies } from '../../harness/naming/release.ts';
import { PLACES } from '../runtimes/chosen.ts';

/** All known versions from good to bad, the oldest first; as they are asked for behind `@`. Throws a UserError where there is no order in them. */
export async function versionsBetween(
  runner: Runner,
  { good, bad }: { good: string; bad: string },
  install: boolean,
): Promise<string[]> {
  for (const [option, version] of [
    ['--good', good],
    ['--bad', bad],
  ] as const)
    if (!isVersion(version))
      throw new UserError(`'${version}' in ${option} is no version, as 48 or 48.0.2 are`);
  const { installed, absent } = await takeInventory(runner, PLACES);
  const all = [
    ...installed.flatMap(({ version, trouble }) => (version && !trouble ? [version.split(/\s/)[0]!] : [])),
    ...(install ? absent.map(({ version }) => version) : []),
  ];
  return between([...new Set(all)].filter(isVersion), good, bad);
}

/** The given ends with what of `versions` lies between them. */
export function between(versions: readonly string[], good: string, bad: string): string[] {
  const full = (asked: string) =>
    versions.filter((one) => satisfies(one, asked)).toSorted(newestFirst)[0] ?? asked;
  const [from, to] = [full(good), full(bad)];
  const order = newestFirst(to, from);
  if (order === 0) throw new UserError(`good and bad are both ${from}: there is nothing between them`);
  // A fault may have gone away as well as come: then what is searched is where it went.
  const [low, high] = order < 0 ? [from, to] : [to, from];
  const inside = versions
    .filter((one) => newestFirst(one, low) < 0 && newestFirst(high, one) < 0)
    .toSorted(newestFirst)
    .toReversed();
  const ascending = [low, ...inside, high];
  return order < 0 ? ascending : ascending.toReversed();
}
