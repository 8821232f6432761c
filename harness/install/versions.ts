/** Versions of runtimes: what an asked-for release means, and which of two is newer. */

import { UserError } from '../contracts/failure.ts';

const RELEASE = /^\d{1,9}(\.\d{1,9}){0,3}([-+][0-9A-Za-z][0-9A-Za-z.-]{0,40})?$/;

/** Splits what a user types, `wasmtime@48`, into runtime and release. Throws a UserError for a release that can't be one. */
export function splitRelease(text: string): { runtime: string; release?: string } {
  const at = text.indexOf('@');
  if (at < 0) return { runtime: text };
  const release = text.slice(at + 1);
  checkRelease(release, text);
  return { runtime: text.slice(0, at), release };
}

/** Throws a UserError unless `release` is a version or its beginning: it becomes part of folder names and addresses. */
export function checkRelease(release: string, where: string): void {
  if (!RELEASE.test(release))
    throw new UserError(
      `'${where}': what follows @ must be a version or its beginning, as in wasmtime@48 or wasmtime@48.0.2`,
    );
}

/** Whether `version` is the release asked for: `48.0.2` is `48`, `48.0` and `48.0.2`. Words behind the version don't count. */
export function satisfies(version: string, release: string | undefined): boolean {
  if (release === undefined) return true;
  const bare = version.split(/\s/)[0] ?? '';
  return bare === release || bare.startsWith(`${release}.`);
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
