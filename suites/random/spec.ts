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

const canonicalAbi = (anchor: string) =>
  `https://github.com/WebAssembly/component-model/blob/main/design/mvp/CanonicalABI.md#${anchor}`;

export const ABI = {
  /** `lower_flat_values`: traps for a result place that is misaligned or not wholly in memory. */
  results: canonicalAbi('lifting-and-lowering-values'),
  /** `store_list_into_range`: traps for an allocation not wholly in memory; a list beyond 32 bits traps. */
  storing: canonicalAbi('storing'),
  /** `trap_if(not thread.task.inst.may_leave)`: no imports may be called during `realloc`. */
  lower: canonicalAbi('canon-lower'),
  /** `reallocate` and `allocate`: how `realloc` is called. */
  context: canonicalAbi('lifting-and-lowering-context'),
};
