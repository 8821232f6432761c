/** Owns what `path_open` must come to for each combination of its open flags and each kind of what the path names. */

import { type Expectation, err, ok, oneOf } from '../../harness/contracts/expect.ts';
import { found, type Outcome, type Target } from './open-targets.ts';

export type Oflag = 'creat' | 'directory' | 'excl' | 'trunc';
export const OFLAGS: readonly Oflag[] = ['creat', 'directory', 'excl', 'trunc'];

const CREAT_DIRECTORY =
  'POSIX on O_CREAT: "If O_CREAT and O_DIRECTORY are set and the requested access mode is neither O_WRONLY nor O_RDWR, the result is unspecified"; an error says so (`inval`: the flags, `notdir`, `isdir`, `exist`, `noent`: what was found)';
const EXCL_ALONE =
  'POSIX: "If O_EXCL is set and O_CREAT is not set, the result is undefined"; the flag\'s own text is "Fail if file already exists"';
const EXCL_DANGLING =
  'POSIX: "If O_EXCL and O_CREAT are set, and path names a symbolic link, open() shall fail and set errno to [EEXIST], regardless of the contents of the symbolic link"; but by the text of symlink_follow the link "is expanded", and what it leads to does not exist';
const LINK_OR_DIRECTORY =
  'a symbolic link that is not followed is both: for POSIX ELOOP ("O_NOFOLLOW … names a symbolic link") and ENOTDIR ("O_DIRECTORY … not a directory")';
const TRUNC_DIRECTORY =
  'a directory that shall be truncated cannot be had, whatever the path names: for POSIX EISDIR for a directory opened for writing, what is wrong with the path, or "EINVAL The value of the oflag argument is not valid" may be said of flags that contradict each other';

const fails = (expectation: Expectation): Outcome => ({ expectation, effect: 'none' });
const each = (...names: string[]) => names.map((name) => err(name));

/** What must come of it; POSIX `open` decides where the flag's own sentence does not. */
export function outcomeOf(flags: readonly Oflag[], target: Target, follow: boolean): Outcome {
  const [creat, directory, excl, trunc] = OFLAGS.map((flag) => flags.includes(flag));
  const end = found(target, follow);
  if (creat && directory) {
    const refused = each('inval', 'notdir', 'isdir', 'exist', 'noent', 'loop');
    const opens = end === 'directory' && !excl && !trunc;
    return { expectation: oneOf(CREAT_DIRECTORY, ...(opens ? [ok()] : []), ...refused), effect: 'open' };
  }
  if (creat && excl) {
    if (target === 'absent') return { expectation: ok(), effect: 'created' };
    if (end === 'absent') return { expectation: oneOf(EXCL_DANGLING, err('exist'), ok()), effect: 'open' };
    return fails(err('exist'));
  }
  if (excl) {
    if (target === 'absent')
      return fails(oneOf(EXCL_ALONE, ...each('noent', 'inval', ...(directory && trunc ? ['isdir'] : []))));
    const without = outcomeOf(
      flags.filter((flag) => flag !== 'excl'),
      target,
      follow,
    );
    return {
      expectation: oneOf(EXCL_ALONE, err('exist'), err('inval'), without.expectation),
      effect: without.effect === 'none' ? 'none' : 'open',
    };
  }
  if (directory && trunc) {
    const first = { absent: ['noent'], file: ['notdir'], directory: [], link: ['loop', 'notdir'] }[end];
    return fails(oneOf(TRUNC_DIRECTORY, ...each(...first, 'isdir', 'inval')));
  }
  if (end === 'link')
    return fails(directory ? oneOf(LINK_OR_DIRECTORY, ...each('loop', 'notdir')) : err('loop'));
  if (end === 'absent') return creat ? { expectation: ok(), effect: 'created' } : fails(err('noent'));
  if (end === 'directory') {
    return creat || trunc ? fails(err('isdir')) : { expectation: ok(), effect: 'none' };
  }
  if (directory) return fails(err('notdir'));
  return { expectation: ok(), effect: trunc ? 'truncated' : 'none' };
}
