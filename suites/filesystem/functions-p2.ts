/** Owns the names of preview 2's functions that this suite calls. */

const descriptor = (name: string) => `wasi:filesystem/types#[method]descriptor.${name}`;
const input = (name: string) => `wasi:io/streams#[method]input-stream.${name}`;
const output = (name: string) => `wasi:io/streams#[method]output-stream.${name}`;

export const GET_DIRECTORIES = 'wasi:filesystem/preopens#get-directories';

export const READ_VIA_STREAM = descriptor('read-via-stream');
export const WRITE_VIA_STREAM = descriptor('write-via-stream');
export const APPEND_VIA_STREAM = descriptor('append-via-stream');
export const ADVISE = descriptor('advise');
export const SYNC_DATA = descriptor('sync-data');
export const SYNC = descriptor('sync');
export const GET_FLAGS = descriptor('get-flags');
export const GET_TYPE = descriptor('get-type');
export const SET_SIZE = descriptor('set-size');
export const SET_TIMES = descriptor('set-times');
export const READ = descriptor('read');
export const WRITE = descriptor('write');
export const STAT = descriptor('stat');
export const IS_SAME_OBJECT = descriptor('is-same-object');
export const METADATA_HASH = descriptor('metadata-hash');

export const OPEN_AT = descriptor('open-at');
export const STAT_AT = descriptor('stat-at');
export const SET_TIMES_AT = descriptor('set-times-at');
export const LINK_AT = descriptor('link-at');
export const SYMLINK_AT = descriptor('symlink-at');
export const READLINK_AT = descriptor('readlink-at');
export const RENAME_AT = descriptor('rename-at');
export const CREATE_DIRECTORY_AT = descriptor('create-directory-at');
export const REMOVE_DIRECTORY_AT = descriptor('remove-directory-at');
export const UNLINK_FILE_AT = descriptor('unlink-file-at');
export const METADATA_HASH_AT = descriptor('metadata-hash-at');

export const READ_DIRECTORY = descriptor('read-directory');
export const READ_DIRECTORY_ENTRY =
  'wasi:filesystem/types#[method]directory-entry-stream.read-directory-entry';
export const FILESYSTEM_ERROR_CODE = 'wasi:filesystem/types#filesystem-error-code';
export const DROP_DESCRIPTOR = 'wasi:filesystem/types#[resource-drop]descriptor';
export const DROP_ENTRY_STREAM = 'wasi:filesystem/types#[resource-drop]directory-entry-stream';

export const INPUT_READ = input('read');
export const BLOCKING_READ = input('blocking-read');
export const SKIP = input('skip');
export const BLOCKING_SKIP = input('blocking-skip');
export const INPUT_SUBSCRIBE = input('subscribe');
export const CHECK_WRITE = output('check-write');
export const OUTPUT_WRITE = output('write');
export const BLOCKING_WRITE = output('blocking-write-and-flush');
export const FLUSH = output('flush');
export const BLOCKING_FLUSH = output('blocking-flush');
export const WRITE_ZEROES = output('write-zeroes');
export const BLOCKING_ZEROES = output('blocking-write-zeroes-and-flush');
export const SPLICE = output('blocking-splice');
export const OUTPUT_SUBSCRIBE = output('subscribe');
export const BLOCK = 'wasi:io/poll#[method]pollable.block';
export const SUBSCRIBE_DURATION = 'wasi:clocks/monotonic-clock#subscribe-duration';

/** Resources, for `drop`. */
export const DESCRIPTOR = 'wasi:filesystem/types#descriptor';
export const ENTRY_STREAM = 'wasi:filesystem/types#directory-entry-stream';
export const INPUT_STREAM = 'wasi:io/streams#input-stream';
export const OUTPUT_STREAM = 'wasi:io/streams#output-stream';
export const POLLABLE = 'wasi:io/poll#pollable';
