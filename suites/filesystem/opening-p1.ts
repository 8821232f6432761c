/** Opens files in preview 1 as most programs do, for cases that are about something else. */

import { ok } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Step } from '../../harness/contracts/script.ts';

/** The first preopened directory. */
export const DIRECTORY = 3;

/** The rights that wasi-libc asks for when it opens for reading and writing; a case whose subject are rights names its own. */
export const FILE_RIGHTS = [
  'fd_datasync',
  'fd_read',
  'fd_seek',
  'fd_fdstat_set_flags',
  'fd_sync',
  'fd_tell',
  'fd_write',
  'fd_advise',
  'fd_allocate',
  'fd_filestat_get',
  'fd_filestat_set_size',
  'fd_filestat_set_times',
  'poll_fd_readwrite',
] as const;

export interface Opening {
  /** Where the path begins; the first preopen unless given. */
  at?: number | Pick<Step, 'value'>;
  lookup?: readonly string[];
  oflags?: readonly string[];
  rights?: readonly string[];
  inheriting?: readonly string[];
  fdflags?: readonly string[];
}

/** Opens a path, which must succeed; the descriptor is the step's `value`. */
export function open(s: ScriptBuilder, path: string, opening: Opening = {}): Step {
  const { at = DIRECTORY, lookup = [], oflags = [], fdflags = [], inheriting = [] } = opening;
  const rights = opening.rights ?? FILE_RIGHTS;
  const from = typeof at === 'number' ? at : at.value;
  const step = s.call('path_open', from, lookup, path, oflags, rights, inheriting, fdflags);
  s.expect(step, ok());
  return step;
}
