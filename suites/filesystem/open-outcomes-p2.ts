/** Owns what preview 2's `open-at` must come to for each combination of its flags and each kind of what the path names. */

import { type Expectation, err, ok, oneOf } from '../../harness/contracts/expect.ts';
import { type Effect, found, type Outcome, type Target } from './open-targets.ts';

export type OpenFlag = 'create' | 'directory' | 'exclusive' | 'truncate';
export const OPEN_FLAGS: readonly OpenFlag[] = ['create', 'directory', 'exclusive', 'truncate'];

/** The ways to open for data; what beside them is asked for is another file's subject. */
export const ACCESS: readonly (readonly string[])[] = [['read'], ['write'], ['read', 'write']];

export interface Asked {
  open: readonly OpenFlag[];
  write: boolean;
  follow: boolean;
}

const CREATE_DIRECTORY =
  'POSIX on O_CREAT: "If O_CREAT and O_DIRECTORY are set and the requested access mode is neither O_WRONLY nor O_RDWR, the result is unspecified"; an error says so (`invalid`: the flags, the others: what was found)';
const EXCLUSIVE_ALONE =
  'POSIX: "If O_EXCL is set and O_CREAT is not set, the result is undefined"; the flag\'s own text is "Fail if file already exists"';
const EXCLUSIVE_DANGLING =
  'POSIX: "If O_EXCL and O_CREAT are set, and path names a symbolic link, open() shall fail and set errno to [EEXIST], regardless of the contents of the symbolic link"; but by the text of symlink-follow the link "is expanded", and what it leads to does not exist';
const LINK_OR_DIRECTORY =
  'a symbolic link that is not followed is both: for POSIX ELOOP ("O_NOFOLLOW … names a symbolic link") and ENOTDIR ("O_DIRECTORY … not a directory")';
const TRUNCATE_DIRECTORY =
  'a directory that shall be truncated cannot be had, whatever the path names: for POSIX EISDIR for a directory opened for writing, what is wrong with the path, or "EINVAL The value of the oflag argument is not valid" may be said of flags that contradict each other';
const WRITE_DIRECTORY =
  'a directory cannot be opened for writing, whatever the path names: for POSIX EISDIR, or what is wrong with the path';
const TRUNCATE_READING =
  'POSIX: "The result of using O_TRUNC without either O_RDWR or O_WRONLY is undefined"; the flag\'s own text is "Truncate file to size 0"';

const fails = (expectation: Expectation): Outcome => ({ expectation, effect: 'none' });
const each = (...names: string[]) => names.map((name) => err(name));

const IN_THE_WAY = {
  absent: ['no-entry'],
  file: ['not-directory'],
  directory: [],
  link: ['loop', 'not-directory'],
} as const;

/** What must come of it; POSIX `open` decides where the flag's own sentence does not. */
export function outcomeOf(asked: Asked, target: Target): Outcome {
  const [create, directory, exclusive, truncate] = OPEN_FLAGS.map((flag) => asked.open.includes(flag));
  const end = found(target, asked.follow);
  if (create && directory) {
    const refused = each('invalid', 'not-directory', 'is-directory', 'exist', 'no-entry', 'loop');
    const opens = end === 'directory' && !exclusive && !truncate && !asked.write;
    return { expectation: oneOf(CREATE_DIRECTORY, ...(opens ? [ok()] : []), ...refused), effect: 'open' };
  }
  if (create && exclusive) {
    if (target === 'absent') return { expectation: ok(), effect: 'created' };
    if (end === 'absent')
      return { expectation: oneOf(EXCLUSIVE_DANGLING, err('exist'), ok()), effect: 'open' };
    return fails(err('exist'));
  }
  if (exclusive) return exclusiveAlone(asked, target, end);
  if (directory && truncate)
    return fails(oneOf(TRUNCATE_DIRECTORY, ...each(...IN_THE_WAY[end], 'is-directory', 'invalid')));
  if (directory && asked.write && end !== 'directory')
    return fails(oneOf(WRITE_DIRECTORY, ...each(...IN_THE_WAY[end], 'is-directory')));
  if (end === 'link')
    return fails(directory ? oneOf(LINK_OR_DIRECTORY, ...each('loop', 'not-directory')) : err('loop'));
  if (end === 'absent') return create ? { expectation: ok(), effect: 'created' } : fails(err('no-entry'));
  if (end === 'directory') return ofDirectory(create || asked.write, truncate);
  if (directory) return fails(err('not-directory'));
  return ofFile(truncate, asked.write);
}

function ofDirectory(writes: boolean | undefined, truncate: boolean | undefined): Outcome {
  if (writes) return fails(err('is-directory'));
  if (truncate) return fails(oneOf(TRUNCATE_READING, ...each('is-directory', 'invalid')));
  return { expectation: ok(), effect: 'none' };
}

function ofFile(truncate: boolean | undefined, write: boolean): Outcome {
  if (truncate && !write)
    return { expectation: oneOf(TRUNCATE_READING, ok(), err('invalid')), effect: 'open' };
  return { expectation: ok(), effect: truncate ? 'truncated' : 'none' };
}

function exclusiveAlone(asked: Asked, target: Target, end: keyof typeof IN_THE_WAY): Outcome {
  if (target === 'absent')
    return fails(oneOf(EXCLUSIVE_ALONE, ...each('no-entry', 'invalid', 'is-directory')));
  const without = outcomeOf({ ...asked, open: asked.open.filter((flag) => flag !== 'exclusive') }, target);
  const expectation = oneOf(
    EXCLUSIVE_ALONE,
    ...each('exist', 'invalid', ...IN_THE_WAY[end]),
    without.expectation,
  );
  const effect: Effect = without.effect === 'none' ? 'none' : 'open';
  return { expectation, effect };
}
