/** Owns dropping preview 2's streams of directory entries, read or not, before and after their directory. */

import { ok } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { namesAre, nextEntries } from './entries-p2.ts';
import { DESCRIPTOR, ENTRY_STREAM, STAT_AT } from './functions-p2.ts';
import { openDirectoryAt, P2, preopen, preopening } from './opening-p2.ts';
import { openedAgain, streamOf } from './read-directory-p2.ts';
import { RESOURCE_DROP } from './spec-p2.ts';

export const readDirectoryDropsP2: ConformanceCase[] = [
  {
    ...P2,
    id: 'directory-entry-stream.drop/read-and-unread',
    title: 'Streams are dropped unread, half read and ended, and others and the directory go on',
    spec: RESOURCE_DROP,
    world: preopening({ one: '', two: '' }),
    script: (s) => {
      const base = preopen(s);
      const directory = openDirectoryAt(s, base, '.');
      const [unread, half, ended, kept] = Array.from({ length: 4 }, () => streamOf(s, directory));
      nextEntries(s, half!, 1);
      nextEntries(s, ended!, 3);
      for (const stream of [unread!, half!, ended!]) s.expect(s.drop(ENTRY_STREAM, stream), ok());
      namesAre(s, nextEntries(s, kept!, 3), ['one', 'two']);
      s.expect(s.call(STAT_AT, directory, [], 'one'), ok());
    },
  },
  {
    ...P2,
    id: 'directory-entry-stream.drop/after-its-directory',
    title: 'A stream goes on when the descriptor of its directory is dropped, and can be dropped after it',
    spec: RESOURCE_DROP,
    world: preopening({ one: '', two: '' }),
    script: (s) => {
      const directory = openedAgain(s);
      const stream = streamOf(s, directory);
      s.expect(s.drop(DESCRIPTOR, directory), ok());
      namesAre(s, nextEntries(s, stream, 3), ['one', 'two']);
      s.expect(s.drop(ENTRY_STREAM, stream), ok());
    },
  },
];
