/** Owns the addresses of the specification's sections that decide about clocks and their pollables. */

/** Preview 1: the documentation generated from the witx, on the branch that keeps it. */
export const p1Docs = (anchor: string) =>
  `https://github.com/WebAssembly/WASI/blob/wasi-0.1/preview1/docs.md#${anchor}`;

/**
 * Preview 1: what a witx file means, to which the witx itself refers. Its section on pointers says: "If a misaligned
 * pointer is passed to a function, the function shall trap. If an out-of-bounds pointer is passed to a function and
 * the function needs to dereference it, the function shall trap rather than returning `errno::fault`."
 */
export const P1_POINTERS = 'https://github.com/WebAssembly/WASI/blob/wasi-0.1/tools/witx-docs.md#pointers';

const wit = (file: string, lines: string) =>
  `https://github.com/WebAssembly/WASI/blob/v0.2.12/proposals/${file}.wit#${lines}`;

export const MONOTONIC = {
  now: wit('clocks/wit/monotonic-clock', 'L25-L35'),
  resolution: wit('clocks/wit/monotonic-clock', 'L37-L40'),
  subscribeInstant: wit('clocks/wit/monotonic-clock', 'L42-L47'),
  subscribeDuration: wit('clocks/wit/monotonic-clock', 'L49-L54'),
};

export const WALL = {
  now: wit('clocks/wit/wall-clock', 'L25-L39'),
  resolution: wit('clocks/wit/wall-clock', 'L41-L45'),
};

export const POLL = {
  ready: wit('io/wit/poll', 'L11-L15'),
  block: wit('io/wit/poll', 'L17-L23'),
  poll: wit('io/wit/poll', 'L26-L46'),
};
