/** Owns what a guest does with a whole path of the host that it has learnt from a link: nothing comes of it. */

import type { Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { WORLD } from './inside.ts';
import { refused, unharmed } from './outside.ts';
import { FIRST } from './preview1.ts';
import { P1_CAPABILITIES } from './spec.ts';

const MOST_BYTES = 4096;

type Words = (Slot | number | bigint)[];

/** The path's address and length, once more a name inside and somewhere for what comes back. */
const CALLS: Readonly<Record<string, (path: [Slot, Slot], inside: [Slot, number], area: Slot) => Words>> = {
  path_filestat_get: (path, _, area) => [FIRST, 1, ...path, area],
  path_filestat_set_times: (path) => [FIRST, 1, ...path, 1n, 2n, 5],
  path_open: (path, _, area) => [FIRST, 1, ...path, 0, 2n, 0n, 0, area],
  path_readlink: (path, _, area) => [FIRST, ...path, area, 64, area],
  path_link: (path, inside) => [FIRST, 0, ...path, FIRST, ...inside],
  path_rename: (path, inside) => [FIRST, ...path, FIRST, ...inside],
  path_remove_directory: (path) => [FIRST, ...path],
  path_unlink_file: (path) => [FIRST, ...path],
};

/** Each by the kind of entry that it would work on. */
const LINKS: Readonly<Record<string, string>> = {
  path_readlink: 'to-pointer-whole',
  path_remove_directory: 'to-empty-whole',
};

export const learntP1: ConformanceCase[] = Object.entries(CALLS).map(([name, words]) => ({
  wasi: 'p1',
  guest: 'probe-p1',
  id: `${name}/learnt-path`,
  title: `${name} takes no whole path of the host, though it is right and was read from a link`,
  spec: P1_CAPABILITIES,
  world: WORLD,
  script: (s) => {
    const [text, inside, area] = [s.alloc(MOST_BYTES), s.alloc(4), s.alloc(128)];
    s.put(inside, 'mine');
    // Where the link may not be read the path is empty, which names nothing either.
    const { value } = s.call('path_readlink', FIRST, LINKS[name] ?? 'to-secret-whole', text, MOST_BYTES);
    s.expect(s.raw(name, words([text, value], [inside, 4], area)), refused);
    unharmed(s);
  },
}));
