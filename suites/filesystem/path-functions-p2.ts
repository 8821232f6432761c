/** Owns the names of preview 2's functions on paths, directories and their listings. */

const descriptor = (name: string) => `wasi:filesystem/types#[method]descriptor.${name}`;

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
export const DROP_ENTRY_STREAM = 'wasi:filesystem/types#[resource-drop]directory-entry-stream';
export const GET_DIRECTORIES = 'wasi:filesystem/preopens#get-directories';
export const FILESYSTEM_ERROR_CODE = 'wasi:filesystem/types#filesystem-error-code';

/** Of open descriptors: another half of the suite owns them, here they only tell what a path led to. */
export const GET_TYPE = descriptor('get-type');
export const GET_FLAGS = descriptor('get-flags');
export const STAT = descriptor('stat');
export const METADATA_HASH = descriptor('metadata-hash');
export const READ = descriptor('read');
export const WRITE = descriptor('write');
export const DESCRIPTOR = 'wasi:filesystem/types#descriptor';
export const ENTRY_STREAM = 'wasi:filesystem/types#directory-entry-stream';
