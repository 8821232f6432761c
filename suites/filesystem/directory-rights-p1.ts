/** Owns the names of the rights of directories in preview 1. */

/** What a directory's descriptor can be allowed to do. */
export const DIRECTORY_RIGHTS = [
  'fd_readdir',
  'path_create_directory',
  'path_create_file',
  'path_link_source',
  'path_link_target',
  'path_open',
  'path_readlink',
  'path_rename_source',
  'path_rename_target',
  'path_filestat_get',
  'path_filestat_set_size',
  'path_filestat_set_times',
  'fd_filestat_get',
  'fd_filestat_set_times',
  'path_symlink',
  'path_remove_directory',
  'path_unlink_file',
] as const;
