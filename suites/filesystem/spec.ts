/** Owns the addresses of the specification's sections that decide about files. */

/** Preview 1: the documentation generated from the witx, on the branch that keeps it. */
export const p1Docs = (anchor: string) =>
  `https://github.com/WebAssembly/WASI/blob/wasi-0.1/preview1/docs.md#${anchor}`;

/** Preview 1: "If a misaligned pointer is passed to a function, the function shall trap" and the like. */
export const P1_POINTERS = 'https://github.com/WebAssembly/WASI/blob/wasi-0.1/tools/witx-docs.md#pointers';

/** POSIX, to which preview 1's documentation refers function by function ("Note: This is similar to `openat` in POSIX"). */
export const posix = (name: string) =>
  `https://pubs.opengroup.org/onlinepubs/9799919799/functions/${name}.html`;

/** Preview 1: "lists of `char` are specialized to indicate strings", and a `char` is "same as the Rust language's": paths are Unicode. */
export const WITX_CHAR = 'https://github.com/WebAssembly/WASI/blob/wasi-0.1/tools/witx/src/ast.rs#L224-L257';
