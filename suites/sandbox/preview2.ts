/** Preview 2's side of the cases that both previews have. */

import { err, ok } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Slot } from '../../harness/contracts/script.ts';
import type { Directory, PathCall, Preview } from './path-call.ts';
import { P2 } from './spec.ts';

export const DIRECTORIES = 'wasi:filesystem/preopens#get-directories';
export const method = (name: string) => `wasi:filesystem/types#[method]descriptor.${name}`;

/** A handle and a string. */
const ENTRY_BYTES = 12;
const FOLLOW = ['symlink-follow'];
const TIME = { tag: 'timestamp', value: { seconds: 3n, nanoseconds: 0 } };

/**
 * The handles of the preopens of these names, which must be all and differ in length, since they are promised in no order; or that of
 * the only one. Asked for anew, they are others.
 */
export function directories(s: ScriptBuilder, names?: readonly string[]): Slot[] {
  const step = s.call(DIRECTORIES);
  s.expect(step, ok());
  const entries = (names ?? ['']).map((_, index) => at`u32[${step.area}] + ${index * ENTRY_BYTES}`);
  if (!names) return entries.map((entry) => s.let(at`u32[${entry}]`));
  return names.map((name) => {
    const terms = entries.map(
      (entry) => at`u32[${entry}] * (u32[${entry} + 8] == ${name.length})`.expression,
    );
    return s.let({ expression: terms.join('+') });
  });
}

/** Where a function takes two paths, the other one is in the first preopen: its own call asks for that. */
const first = (s: ScriptBuilder): Directory => directories(s)[0] as Slot;

const calls: readonly PathCall[] = [
  {
    id: 'descriptor.create-directory-at',
    victim: 'made',
    call: (s, handle, path) => s.call(method('create-directory-at'), handle, path),
  },
  {
    id: 'descriptor.stat-at',
    victim: 'secret',
    reads: true,
    stats: true,
    call: (s, handle, path) => s.call(method('stat-at'), handle, [], path),
    follow: (s, handle, path) => s.call(method('stat-at'), handle, FOLLOW, path),
  },
  {
    id: 'descriptor.metadata-hash-at',
    victim: 'secret',
    reads: true,
    hashes: true,
    call: (s, handle, path) => s.call(method('metadata-hash-at'), handle, [], path),
    follow: (s, handle, path) => s.call(method('metadata-hash-at'), handle, FOLLOW, path),
  },
  {
    id: 'descriptor.set-times-at',
    victim: 'secret',
    call: (s, handle, path) => s.call(method('set-times-at'), handle, [], path, TIME, TIME),
    follow: (s, handle, path) => s.call(method('set-times-at'), handle, FOLLOW, path, TIME, TIME),
  },
  {
    id: 'descriptor.link-at.old',
    victim: 'secret',
    call: (s, handle, path) => s.call(method('link-at'), handle, [], path, first(s), 'linked'),
    follow: (s, handle, path) => s.call(method('link-at'), handle, FOLLOW, path, first(s), 'linked'),
  },
  {
    id: 'descriptor.link-at.new',
    victim: 'made',
    call: (s, handle, path) => s.call(method('link-at'), first(s), [], 'file', handle, path),
  },
  {
    id: 'descriptor.open-at',
    victim: 'secret',
    reads: true,
    opens: true,
    call: (s, handle, path) => s.call(method('open-at'), handle, [], path, [], ['read']),
    follow: (s, handle, path) => s.call(method('open-at'), handle, FOLLOW, path, [], ['read']),
  },
  {
    id: 'descriptor.open-at.create',
    victim: 'made',
    opens: true,
    call: (s, handle, path) => s.call(method('open-at'), handle, [], path, ['create'], ['read', 'write']),
    follow: (s, handle, path) =>
      s.call(method('open-at'), handle, FOLLOW, path, ['create'], ['read', 'write']),
  },
  {
    id: 'descriptor.open-at.truncate',
    victim: 'secret',
    opens: true,
    call: (s, handle, path) => s.call(method('open-at'), handle, [], path, ['truncate'], ['read', 'write']),
    follow: (s, handle, path) =>
      s.call(method('open-at'), handle, FOLLOW, path, ['truncate'], ['read', 'write']),
  },
  {
    id: 'descriptor.readlink-at',
    victim: 'pointer',
    reads: true,
    readsLinks: true,
    call: (s, handle, path) => s.call(method('readlink-at'), handle, path),
  },
  {
    id: 'descriptor.remove-directory-at',
    victim: 'empty',
    call: (s, handle, path) => s.call(method('remove-directory-at'), handle, path),
  },
  {
    id: 'descriptor.rename-at.old',
    victim: 'secret',
    call: (s, handle, path) => s.call(method('rename-at'), handle, path, first(s), 'renamed'),
  },
  {
    id: 'descriptor.rename-at.new',
    victim: 'made',
    call: (s, handle, path) => s.call(method('rename-at'), first(s), 'file', handle, path),
  },
  {
    id: 'descriptor.symlink-at',
    victim: 'made',
    call: (s, handle, path) => s.call(method('symlink-at'), handle, 'file', path),
  },
  {
    id: 'descriptor.unlink-file-at',
    victim: 'secret',
    call: (s, handle, path) => s.call(method('unlink-file-at'), handle, path),
  },
];

export const preview2: Preview = {
  on: { wasi: 'p2', guest: 'probe-p2-filesystem' },
  calls,
  directories,
  plant: (s, directory, text, path) => s.call(method('symlink-at'), directory, text, path),
  rename: (s, from, old, to, path) => s.call(method('rename-at'), from, old, to, path),
  removeDirectory: (s, directory, path) => s.call(method('remove-directory-at'), directory, path),
  openDirectory: (s, directory, path) => {
    const open = (...more: string[]) =>
      s.call(method('open-at'), directory, [], path, ['directory'], ['read', ...more]);
    // What is refused later is not to be refused for want of the flag; but not every runtime knows it.
    const changes = open('mutate-directory');
    const reads = open();
    s.expect(reads, ok());
    const isOpen = at`u8[${changes.area}] == 0`;
    return s.let(at`${changes.value} * (${isOpen}) + ${reads.value} * (1 - (${isOpen}))`);
  },
  notPermitted: err('not-permitted'),
  spec: { paths: P2.paths, links: P2.symlinks, sandboxing: P2.sandboxing, preopens: P2.preopens },
};
