/** Owns which folders a guest is given: those that were granted, under the names they were granted by, and no others. */

import { err, ok } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { OUTSIDE, unharmed } from './outside.ts';
import { DIRECTORIES } from './preview2.ts';
import { P1_CAPABILITIES, P2, p1Docs } from './spec.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1' } as const;
const P2_FILES = { wasi: 'p2', guest: 'probe-p2-filesystem' } as const;

const NAMES = ['first', 'second'] as const;
const TWO = { preopens: NAMES.map((guest) => ({ guest, entries: { file: 'x' } })), outside: OUTSIDE };

const namesOf = (value: unknown) => (value as [number, string][]).map(([, name]) => name);

export const granted: ConformanceCase[] = [
  {
    ...P1,
    id: 'fd_prestat_get/only-granted',
    title: 'Behind the granted folders there are no others, and their names are not the paths of the host',
    spec: p1Docs('fd_prestat_get'),
    world: TWO,
    script: (s) => {
      NAMES.forEach((name, index) => {
        const place = s.alloc(64);
        s.expect(
          s.call('fd_prestat_get', 3 + index),
          ok(`a name of ${name.length} bytes`, (value) => JSON.stringify(value).includes(`${name.length}`)),
        );
        const named = s.raw('fd_prestat_dir_name', [3 + index, place, name.length], [[place, name.length]]);
        s.expect(
          named,
          ok(name, (bytes) => Buffer.from(bytes as Uint8Array).toString() === name),
        );
      });
      for (const fd of [5, 6, 7, 8, 64, 1000]) s.expect(s.call('fd_prestat_get', fd), err('badf'));
      unharmed(s);
    },
  },
  {
    ...P1,
    id: 'fd_prestat_get/nothing-granted',
    title: 'A guest that was granted no folder has none',
    spec: P1_CAPABILITIES,
    world: { outside: OUTSIDE },
    script: (s) => {
      for (let fd = 3; fd < 16; fd++) {
        s.expect(s.call('fd_prestat_get', fd), err('badf'));
        s.expect(s.call('path_open', fd, [], '.', ['directory'], ['fd_readdir'], [], []), err('badf'));
      }
      unharmed(s);
    },
  },
  {
    ...P2_FILES,
    id: 'get-directories/only-granted',
    title: 'The granted folders are there by the names they were granted by, and no others',
    spec: P2.preopens,
    world: TWO,
    script: (s) => {
      s.expect(
        s.call(DIRECTORIES),
        ok(NAMES.join(' and '), (value) => namesOf(value).toSorted().join() === NAMES.join()),
      );
      unharmed(s);
    },
  },
  {
    ...P2_FILES,
    id: 'get-directories/nothing-granted',
    title: 'A guest that was granted no folder has none',
    spec: P2.preopens,
    world: { outside: OUTSIDE },
    script: (s) => {
      s.expect(
        s.call(DIRECTORIES),
        ok('none', (value) => namesOf(value).length === 0),
      );
      unharmed(s);
    },
  },
];
