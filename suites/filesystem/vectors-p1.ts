/** Owns the sentences that leave open how preview 1 takes lists of buffers. */

/** Counts from one to `most`: where a list of one-byte vectors may stop. */
export const BOUNDARIES = (most: number): number[] => Array.from({ length: most }, (_, index) => index + 1);

export const FEW_VECTORS =
  'the text says "the number of bytes read" or "written", and not that all vectors are used; a call may stop after any of them, since readv of POSIX "shall always fill an area completely before proceeding to the next" and writev "shall always write a complete area"';

export const NO_VECTORS =
  'readv of POSIX and writev "may fail" with "[EINVAL] The iovcnt argument was less than or equal to 0", and need not';

export const IOV_MAX =
  'readv of POSIX and writev "may fail" with "[EINVAL] The iovcnt argument was … greater than {IOV_MAX}", and preview 1 names no such limit';

export const ON_DIRECTORIES =
  'the text names no error of directories; POSIX has EISDIR for reading and EBADF for a descriptor "not open for writing", and `path_open` may leave out "rights [that] do not apply to the type of file being opened", which makes it notcapable';
