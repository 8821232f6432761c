/** Opens directories and files in preview 2, for cases that are about something else. */

import { ok } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Slot, type Step } from '../../harness/contracts/script.ts';
import type { World } from '../../harness/contracts/world.ts';
import { GET_DIRECTORIES, OPEN_AT } from './functions-p2.ts';

export const P2 = { wasi: 'p2', guest: 'probe-p2-filesystem' } as const;

export const FOLLOW = ['symlink-follow'] as const;

type Entries = NonNullable<NonNullable<World['preopens']>[number]['entries']>;

/** A world of one preopened directory, `/sandbox`, with these entries. */
export const preopening = (entries: Entries): { preopens: [{ guest: string; entries: Entries }] } => ({
  preopens: [{ guest: '/sandbox', entries }],
});

/** In the list of `get-directories`: a handle, the address of a name, its length. */
const PREOPEN_BYTES = 12;

const firstOf = (s: ScriptBuilder, directories: Step): Slot => s.let(at`u32[u32[${directories.area}]]`);

/** The first preopened directory. That it is given is not asserted: where it is not, the next call says so. */
export const firstPreopen = (s: ScriptBuilder): Slot => firstOf(s, s.call(GET_DIRECTORIES));

/** The only preopened directory: that there is one, and no other, is asserted. */
export function preopen(s: ScriptBuilder): Slot {
  const directories = s.call(GET_DIRECTORIES);
  s.expect(
    directories,
    ok('one directory', (value) => (value as unknown[]).length === 1),
  );
  return firstOf(s, directories);
}

/**
 * The preopened directory whose name has that many bytes, of so many: the text promises no order of what it calls a set. Names of one
 * world that are told apart by this have different lengths.
 */
export function preopenNamed(s: ScriptBuilder, directories: Step, count: number, bytes: number): Slot {
  const list = s.let(at`u32[${directories.area}]`);
  const terms = Array.from({ length: count }, (_, index) => {
    const entry = at`${list} + ${index * PREOPEN_BYTES}`;
    return at`u32[${entry}] * (u32[${entry} + 8] == ${bytes})`.expression;
  });
  return s.let({ expression: terms.join('+') });
}

interface OpeningAt {
  path?: readonly string[];
  open?: readonly string[];
  flags?: readonly string[];
}

/** Opens a path, for reading unless flags say otherwise, which must succeed; a link at its end is followed only where `path` says so. */
export function openAt(s: ScriptBuilder, base: Slot, path: string, opening: OpeningAt = {}): Slot {
  const { path: pathFlags = [], open = [], flags = ['read'] } = opening;
  const step = s.call(OPEN_AT, base, pathFlags, path, open, flags);
  s.expect(step, ok());
  return s.let(step.value);
}

/** A directory opened for looking only: whether it may be changed through is a flag's subject. */
export const openDirectoryAt = (s: ScriptBuilder, base: Slot, path: string): Slot =>
  openAt(s, base, path, { open: ['directory'] });

interface Opening {
  /** Where the path begins; the first preopen unless given. */
  from?: Slot;
  /** `read` and `write` unless given. */
  flags?: readonly string[];
  openFlags?: readonly string[];
}

/** Opens a path, following links, which must succeed: for cases about what is open, not about paths. */
export function open(s: ScriptBuilder, path = 'file', opening: Opening = {}): Slot {
  const { from = firstPreopen(s), flags = ['read', 'write'], openFlags = [] } = opening;
  return openAt(s, from, path, { path: FOLLOW, open: openFlags, flags });
}

/** A directory opened so, for looking only. */
export function openDirectory(s: ScriptBuilder, path = 'folder', from?: Slot): Slot {
  return open(s, path, { flags: ['read'], openFlags: ['directory'], ...(from ? { from } : {}) });
}
