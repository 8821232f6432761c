/** Opens directories and files by path in preview 2, for cases that are about something else, and tells what was opened. */

import { ok } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Slot, type Step } from '../../harness/contracts/script.ts';
import type { World } from '../../harness/contracts/world.ts';
import { GET_DIRECTORIES, OPEN_AT } from './path-functions-p2.ts';

export const P2 = { wasi: 'p2', guest: 'probe-p2-filesystem' } as const;

export const FOLLOW = ['symlink-follow'] as const;

type Entries = NonNullable<NonNullable<World['preopens']>[number]['entries']>;

/** One preopened directory with these entries. */
export const holding = (entries: Entries): { preopens: [{ guest: string; entries: Entries }] } => ({
  preopens: [{ guest: '/sandbox', entries }],
});

/** In the list of `get-directories`: a handle, the address of a name, its length. */
const PREOPEN_BYTES = 12;

/** The only preopened directory. */
export function preopen(s: ScriptBuilder): Slot {
  const directories = s.call(GET_DIRECTORIES);
  s.expect(
    directories,
    ok('one directory', (value) => (value as unknown[]).length === 1),
  );
  return s.let(at`u32[u32[${directories.area}]]`);
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

export interface Opening {
  path?: readonly string[];
  open?: readonly string[];
  flags?: readonly string[];
}

/** Opens a path for reading unless flags say otherwise, which must succeed. */
export function openAt(s: ScriptBuilder, base: Slot, path: string, opening: Opening = {}): Slot {
  const { path: pathFlags = [], open = [], flags = ['read'] } = opening;
  const step = s.call(OPEN_AT, base, pathFlags, path, open, flags);
  s.expect(step, ok());
  return s.let(step.value);
}

/** A directory opened for looking only: whether it may be changed through is a flag's subject. */
export const openDirectory = (s: ScriptBuilder, base: Slot, path: string): Slot =>
  openAt(s, base, path, { open: ['directory'] });
