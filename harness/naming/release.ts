/** Versions of runtimes: what an asked-for release means, and which of two is newer. */

const RELEASE = /^\d{1,9}(\.\d{1,9}){0,3}([-+][0-9A-Za-z][0-9A-Za-z.-]{0,40})?$/;

/** Whether a release is a version or its beginning; else it is but a name (`dev`), which only a user's own executable can have. */
export const isVersion = (release: string): boolean => RELEASE.test(release);

/**
 * Whether `version` is the release asked for: `48.0.2` is `48`, `48.0` and `48.0.2`, as is a build of it (`48.0.2+abc`), not what
 * was tried out before it (`48.0.2-rc.1`). Words behind the version don't count. Everything is where none is asked for.
 */
export function satisfies(version: string, release: string | undefined): boolean {
  if (release === undefined) return true;
  const bare = version.split(/\s/)[0] ?? '';
  return bare === release || bare.startsWith(`${release}.`) || bare.startsWith(`${release}+`);
}

/** Whether a release names one version and not a line of them. */
export const isExact = (release: string): boolean => release.split(/[-+]/)[0]?.split('.').length === 3;

/** Sorts newest first: by numbers, a version with a suffix (`-rc.1`) before the one without. */
export function newestFirst(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => /^([\d.]*)(.*)$/.exec(version)!);
  const numbers = [left, right].map((match) => match![1]!.split('.').map(Number));
  for (let at = 0; at < Math.max(numbers[0]!.length, numbers[1]!.length); at++) {
    const difference = (numbers[1]![at] ?? 0) - (numbers[0]![at] ?? 0);
    if (difference !== 0) return difference;
  }
  const [before, after] = [left![2]!, right![2]!];
  if (before === after) return 0;
  if (before === '') return -1;
  if (after === '') return 1;
  return before < after ? 1 : -1;
}
