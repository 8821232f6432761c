/** Owns the addresses of the specification's sections that decide about random data. */

/** Preview 1: the documentation generated from the witx, on the branch that keeps it. */
export const RANDOM_GET = 'https://github.com/WebAssembly/WASI/blob/wasi-0.1/preview1/docs.md#random_get';

/**
 * Preview 1: what a witx file means, to which the witx itself refers: "If an out-of-bounds pointer is passed to a
 * function and the function needs to dereference it, the function shall trap rather than returning `errno::fault`."
 */
export const P1_POINTERS = 'https://github.com/WebAssembly/WASI/blob/wasi-0.1/tools/witx-docs.md#pointers';

const wit = (file: string, lines: string) =>
  `https://github.com/WebAssembly/WASI/blob/v0.2.12/proposals/random/wit/${file}.wit#${lines}`;

export const RANDOM = { bytes: wit('random', 'L8-L21'), u64: wit('random', 'L23-L28') };
export const INSECURE = { bytes: wit('insecure', 'L8-L17'), u64: wit('insecure', 'L19-L24') };
export const SEED = wit('insecure-seed', 'L8-L26');
