/** Owns the kinds of what a path to be opened can name, and what opening may do to it, in both previews. */

import type { Expectation } from '../../harness/contracts/expect.ts';
import type { FileTree } from '../../harness/contracts/world.ts';

export type Target = 'absent' | 'file' | 'directory' | 'link-to-file' | 'link-to-directory' | 'dangling-link';
export const TARGETS: readonly Target[] = [
  'absent',
  'file',
  'directory',
  'link-to-file',
  'link-to-directory',
  'dangling-link',
];

export const TARGET_WORDS: Readonly<Record<Target, string>> = {
  absent: 'a name that does not exist',
  file: 'a file',
  directory: 'a directory',
  'link-to-file': 'a symbolic link to a file',
  'link-to-directory': 'a symbolic link to a directory',
  'dangling-link': 'a symbolic link to nothing',
};

/** A target of that kind at `name`; what links lead to stands at `name.end`. */
export function treeFor(name: string, target: Target): FileTree {
  const end = `${name}.end`;
  switch (target) {
    case 'absent':
      return {};
    case 'file':
      return { [name]: 'content' };
    case 'directory':
      return { [name]: { kind: 'directory' } };
    case 'link-to-file':
      return { [end]: 'content', [name]: { kind: 'symlink', target: end } };
    case 'link-to-directory':
      return { [end]: { kind: 'directory' }, [name]: { kind: 'symlink', target: end } };
    case 'dangling-link':
      return { [name]: { kind: 'symlink', target: end } };
  }
}

/** The file or directory in which a path ends, `link` for a symbolic link that is not followed. */
export function found(target: Target, follow: boolean): 'absent' | 'file' | 'directory' | 'link' {
  if (target === 'absent' || target === 'file' || target === 'directory') return target;
  if (!follow) return 'link';
  if (target === 'link-to-file') return 'file';
  return target === 'link-to-directory' ? 'directory' : 'absent';
}

/** What opening did to the file that the path leads to. */
export type Effect = 'none' | 'created' | 'truncated' | 'open';

export interface Outcome {
  expectation: Expectation;
  /** `open`: the text leaves it open. */
  effect: Effect;
}
