/** Owns the addresses of the specification's sections that decide about arguments, environment, exit and standard streams. */

/** Preview 1: the documentation generated from the witx, on the branch that keeps it. */
export const p1Docs = (anchor: string) =>
  `https://github.com/WebAssembly/WASI/blob/wasi-0.1/preview1/docs.md#${anchor}`;

/** Preview 1: misaligned pointers, and those out of bounds that must be dereferenced, "shall trap". */
export const P1_POINTERS = 'https://github.com/WebAssembly/WASI/blob/wasi-0.1/tools/witx-docs.md#pointers';

/** POSIX, which preview 1's documentation names function by function ("This is similar to `raise` in POSIX"). */
export const posix = (name: string) =>
  `https://pubs.opengroup.org/onlinepubs/9799919799/functions/${name}.html#tag_16`;
