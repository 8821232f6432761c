/** Owns the canonical ABI's demands on preview 2's filesystem functions: forged handles, bad places and strings, and so on. */

import { abiCases } from '../../harness/contracts/abiFaults.ts';
import {
  type AbiParam,
  type AbiResource,
  bytes,
  cases,
  flags,
  handle,
  text,
  value,
} from '../../harness/contracts/abiParams.ts';
import type { AbiFunction, AbiPlace, AbiTable } from '../../harness/contracts/abiTable.ts';
import { at, type ScriptBuilder, type Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { HostEntry } from '../../harness/contracts/world.ts';

const TYPES = 'wasi:filesystem/types#';
const METHOD = `${TYPES}[method]descriptor.`;
const DIRECTORIES = 'wasi:filesystem/preopens#get-directories';
const READ_ENTRY = `${TYPES}[method]directory-entry-stream.read-directory-entry`;

const WORLD = {
  preopens: [
    {
      guest: '/',
      entries: {
        dir: { kind: 'directory' },
        file: 'content',
        link: { kind: 'symlink', target: 'file' },
      },
    },
  ],
} as const;

/** The first preopen: the list's first pair begins with the handle. */
const root = (s: ScriptBuilder): Slot => s.let(at`u32[u32[${s.call(DIRECTORIES).area}]]`);
const file = (s: ScriptBuilder): Slot =>
  s.call(`${METHOD}open-at`, root(s), [], 'file', [], ['read', 'write']).value;
const directory = (s: ScriptBuilder): Slot =>
  s.call(`${METHOD}open-at`, root(s), [], '.', ['directory'], ['read']).value;
const entries = (s: ScriptBuilder): Slot => s.call(`${METHOD}read-directory`, directory(s)).value;

/** Reading a file that is open for writing only fails by an error that has a description. */
const failure = (s: ScriptBuilder): Slot => {
  const writeOnly = s.call(`${METHOD}open-at`, root(s), [], 'file', [], ['write']).value;
  const stream = s.call(`${METHOD}read-via-stream`, writeOnly, 0n).value;
  const { area } = s.call('wasi:io/streams#[method]input-stream.blocking-read', stream, 1n);
  return s.let(at`u32[${area} + 8]`);
};

const descriptor = (make: AbiResource['make'] & {}): AbiParam => handle({ kind: `${TYPES}descriptor`, make });
const ROOT = descriptor(root);
const FILE = descriptor(file);
const ENTRIES = handle({ kind: `${TYPES}directory-entry-stream`, make: entries });

const place = (sizeBytes: number, align: number): AbiPlace => ({ sizeBytes, align, succeeds: true });
/** `result<_, error-code>`, or one with no more than a byte in it. */
const SMALL = place(2, 1);
const HANDLE = place(8, 4);
const FOLLOW = flags(1, 0);
/** new-timestamp: the case `timestamp` of three, seconds and nanoseconds. */
const TIME = cases(3, [2, 1n, 0]);

const method = (
  name: string,
  params: AbiFunction['params'],
  result: AbiPlace,
  more: Partial<AbiFunction> = {},
): AbiFunction => ({ name: `${METHOD}${name}`, params, place: result, ...more });

const onFiles: AbiFunction[] = [
  method('read-via-stream', { self: FILE, offset: value(0n) }, HANDLE),
  method('write-via-stream', { self: FILE, offset: value(0n) }, HANDLE),
  method('append-via-stream', { self: FILE }, HANDLE),
  method('advise', { self: FILE, offset: value(0n), length: value(7n), advice: cases(6, [0]) }, SMALL, {
    all: ['cases'],
  }),
  method('sync-data', { self: FILE }, SMALL),
  method('get-flags', { self: FILE }, SMALL),
  method('get-type', { self: FILE }, SMALL),
  method('set-size', { self: FILE, size: value(7n) }, SMALL),
  method(
    'set-times',
    { self: FILE, 'data-access-timestamp': TIME, 'data-modification-timestamp': TIME },
    SMALL,
  ),
  method('read', { self: FILE, length: value(7n), offset: value(0n) }, place(16, 4), {
    returned: {
      align: 1,
      prepare: (s) => {
        const handle = file(s);
        return () => s.call(`${METHOD}read`, handle, 7n, 0n);
      },
    },
    all: ['realloc'],
  }),
  method('write', { self: FILE, buffer: bytes('new'), offset: value(0n) }, place(16, 8), { all: ['list'] }),
  method('sync', { self: FILE }, SMALL),
  method('stat', { self: FILE }, place(104, 8), { all: ['place'] }),
  method('metadata-hash', { self: FILE }, place(24, 8)),
];

const onPaths: AbiFunction[] = [
  method('create-directory-at', { self: ROOT, path: text('new') }, SMALL, { all: ['string'] }),
  method('stat-at', { self: ROOT, 'path-flags': FOLLOW, path: text('file') }, place(104, 8)),
  method(
    'set-times-at',
    {
      self: ROOT,
      'path-flags': FOLLOW,
      path: text('file'),
      'data-access-timestamp': TIME,
      'data-modification-timestamp': TIME,
    },
    SMALL,
  ),
  method(
    'link-at',
    {
      self: ROOT,
      'old-path-flags': FOLLOW,
      'old-path': text('file'),
      'new-descriptor': ROOT,
      'new-path': text('new'),
    },
    SMALL,
  ),
  method(
    'open-at',
    { self: ROOT, 'path-flags': FOLLOW, path: text('file'), 'open-flags': flags(4, 0), flags: flags(6, 1) },
    HANDLE,
  ),
  method('readlink-at', { self: ROOT, path: text('link') }, place(12, 4), {
    returned: {
      align: 1,
      prepare: (s) => {
        const handle = root(s);
        return () => s.call(`${METHOD}readlink-at`, handle, 'link');
      },
    },
  }),
  method('remove-directory-at', { self: ROOT, path: text('dir') }, SMALL),
  method(
    'rename-at',
    { self: ROOT, 'old-path': text('file'), 'new-descriptor': ROOT, 'new-path': text('new') },
    SMALL,
  ),
  method('symlink-at', { self: ROOT, 'old-path': text('file'), 'new-path': text('new') }, SMALL),
  method('unlink-file-at', { self: ROOT, path: text('file') }, SMALL),
  method('metadata-hash-at', { self: ROOT, 'path-flags': FOLLOW, path: text('file') }, place(24, 8)),
];

const others: AbiFunction[] = [
  { name: `${METHOD}is-same-object`, params: { self: ROOT, other: FILE } },
  method('read-directory', { self: descriptor(directory) }, HANDLE),
  {
    name: READ_ENTRY,
    params: { self: ENTRIES },
    place: place(20, 4),
    returned: {
      align: 1,
      prepare: (s) => {
        const streams = [entries(s), entries(s)];
        return () => s.call(READ_ENTRY, streams.shift() ?? 0);
      },
    },
  },
  {
    name: DIRECTORIES,
    params: {},
    place: { sizeBytes: 8, align: 4 },
    returned: {
      align: 4,
      prepare: (s) => () => s.call(DIRECTORIES),
      lasting: (pairs) => (pairs as [number, string][]).map(([, name]) => name),
    },
    all: ['realloc'],
  },
  {
    name: `${TYPES}filesystem-error-code`,
    params: { err: handle({ kind: 'wasi:io/error#error', make: failure }) },
    place: { sizeBytes: 2, align: 1 },
  },
  { name: `${TYPES}[resource-drop]descriptor`, params: { self: ROOT } },
  { name: `${TYPES}[resource-drop]directory-entry-stream`, params: { self: ENTRIES } },
];

const described = ({ path, kind, sizeBytes, target }: HostEntry): string =>
  [path, kind, kind === 'file' ? sizeBytes : '', target ?? ''].join(' ').trim();
const UNTOUCHED = ['directory', 'dir directory', 'file file 7', 'link symlink  file'];

export const abiTableP2: AbiTable = {
  guest: 'probe-p2-filesystem',
  world: WORLD,
  functions: [...onFiles, ...others, ...onPaths],
  untouched: (s) =>
    s.after('nothing has changed on disk', [], ({ after: [world] }) => {
      const found = (world?.preopens[0] ?? []).map(described).sort();
      const whole = found.join(', ');
      return whole === [...UNTOUCHED].sort().join(', ') || `there is ${whole}`;
    }),
};

export const abiP2: ConformanceCase[] = abiCases(abiTableP2);
