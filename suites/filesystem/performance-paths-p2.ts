/** Owns what preview 2's functions of paths cost. */

import type { Bench } from '../../harness/contracts/suite.ts';
import { DESCRIPTOR, root } from './bench-opening-p2.ts';
import { DEPTHS, pathOf } from './bench-world.ts';
import {
  CREATE_DIRECTORY_AT,
  LINK_AT,
  METADATA_HASH_AT,
  OPEN_AT,
  READLINK_AT,
  REMOVE_DIRECTORY_AT,
  RENAME_AT,
  SET_TIMES_AT,
  STAT_AT,
  SYMLINK_AT,
  UNLINK_FILE_AT,
} from './functions-p2.ts';

const NOW = { tag: 'now' } as const;

export const ofPaths: Bench[] = [
  ...DEPTHS.flatMap((depth): Bench[] => {
    const suffix = depth === 1 ? '' : `/depth-${depth}`;
    const place = depth === 1 ? 'a file' : `a file at depth ${depth}`;
    const more = { parameters: { depth }, ...(depth === 1 ? { headline: true as const } : {}) };
    return [
      {
        id: `descriptor.open-at${suffix}`,
        native: `openat-close ${pathOf(depth)}`,
        title: `Opening and dropping ${place}`,
        ...more,
        bench: (s) => s.time(OPEN_AT, [root(s), [], pathOf(depth), [], ['read']], { drop: true }),
      },
      {
        id: `descriptor.stat-at${suffix}`,
        native: `fstatat ${pathOf(depth)}`,
        title: `Asking for the attributes of ${place} by its path`,
        ...more,
        bench: (s) => s.time(STAT_AT, [root(s), [], pathOf(depth)]),
      },
    ];
  }),
  {
    id: 'descriptor.metadata-hash-at',
    native: 'fstatat file',
    title: 'Hashing the metadata of a file by its path',
    bench: (s) => s.time(METADATA_HASH_AT, [root(s), [], 'file']),
  },
  {
    id: 'descriptor.set-times-at',
    native: 'utimensat written',
    title: 'Setting both times of a file to now by its path',
    bench: (s) => s.time(SET_TIMES_AT, [root(s), [], 'written', NOW, NOW]),
  },
  {
    id: 'descriptor.readlink-at',
    native: 'readlinkat link',
    title: 'Reading a symbolic link',
    bench: (s) => s.time(READLINK_AT, [root(s), 'link']),
  },
  {
    id: 'descriptor.unlink-file-at',
    native: 'openat-close-unlinkat made',
    title: 'Creating a file, dropping and removing it',
    bench: (s) => {
      const at = root(s);
      s.cycle((c) => {
        const file = c.call(OPEN_AT, at, [], 'made', ['create', 'exclusive'], ['write']);
        c.drop(DESCRIPTOR, file.value);
        c.call(UNLINK_FILE_AT, at, 'made');
      });
    },
  },
  {
    id: 'descriptor.create-directory-at',
    native: 'mkdirat-unlinkat made-directory',
    title: 'Making a directory and removing it',
    bench: (s) => {
      const at = root(s);
      s.cycle((c) => {
        c.call(CREATE_DIRECTORY_AT, at, 'made-directory');
        c.call(REMOVE_DIRECTORY_AT, at, 'made-directory');
      });
    },
  },
  {
    id: 'descriptor.link-at',
    native: 'linkat-unlinkat file hard',
    title: 'Making a hard link and removing it',
    bench: (s) => {
      const at = root(s);
      s.cycle((c) => {
        c.call(LINK_AT, at, [], 'file', at, 'hard');
        c.call(UNLINK_FILE_AT, at, 'hard');
      });
    },
  },
  {
    id: 'descriptor.rename-at',
    native: 'renameat-back grown renamed',
    title: 'Renaming a file and back',
    bench: (s) => {
      const at = root(s);
      s.cycle((c) => {
        c.call(RENAME_AT, at, 'sized', at, 'renamed');
        c.call(RENAME_AT, at, 'renamed', at, 'sized');
      });
    },
  },
  {
    id: 'descriptor.symlink-at',
    native: 'symlinkat-unlinkat file soft',
    title: 'Making a symbolic link and removing it',
    bench: (s) => {
      const at = root(s);
      s.cycle((c) => {
        c.call(SYMLINK_AT, at, 'file', 'soft');
        c.call(UNLINK_FILE_AT, at, 'soft');
      });
    },
  },
];
