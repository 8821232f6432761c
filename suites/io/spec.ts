/** Owns the addresses of the specification's sections that decide about polling. */

/** Preview 1: the documentation generated from the witx, on the branch that keeps it. */
export const p1Docs = (anchor: string) =>
  `https://github.com/WebAssembly/WASI/blob/wasi-0.1/preview1/docs.md#${anchor}`;

/** Preview 1: misaligned pointers, and those out of bounds that must be dereferenced, "shall trap". */
export const P1_POINTERS = 'https://github.com/WebAssembly/WASI/blob/wasi-0.1/tools/witx-docs.md#pointers';

const wit = (file: string, lines: string) =>
  `https://github.com/WebAssembly/wasi-io/blob/v0.2.0/wit/${file}.wit#${lines}`;

/** Preview 2's streams, in the text of 0.2.0. */
export const STREAMS = {
  error: wit('streams', 'L12-L22'),
  input: wit('streams', 'L24-L31'),
  read: wit('streams', 'L33-L62'),
  /** "The callee may return a list of bytes less than `len` in size". */
  readLength: wit('streams', 'L55-L58'),
  blockingRead: wit('streams', 'L64-L69'),
  skip: wit('streams', 'L71-L78'),
  blockingSkip: wit('streams', 'L80-L85'),
  subscribeInput: wit('streams', 'L87-L93'),
  checkWrite: wit('streams', 'L106-L115'),
  write: wit('streams', 'L117-L132'),
  /** "Otherwise, this function will trap." */
  precondition: wit('streams', 'L125-L126'),
  blockingWrite: wit('streams', 'L134-L160'),
  flush: wit('streams', 'L162-L172'),
  blockingFlush: wit('streams', 'L174-L176'),
  subscribeOutput: wit('streams', 'L178-L188'),
  writeZeroes: wit('streams', 'L190-L199'),
  blockingZeroes: wit('streams', 'L201-L228'),
  splice: wit('streams', 'L230-L248'),
  blockingSplice: wit('streams', 'L250-L260'),
};

export const DEBUG_STRING = wit('error', 'L25-L32');

export const POLL_P2 = {
  ready: wit('poll', 'L9-L12'),
  block: wit('poll', 'L14-L20'),
  poll: wit('poll', 'L23-L41'),
};

/** "Multiple read, write, and append streams may be active on the same open file and they do not interfere with each other." */
export const FILE_STREAMS =
  'https://github.com/WebAssembly/wasi-filesystem/blob/v0.2.0/wit/types.wit#L285-L296';

/** `canon resource.drop`. */
export const DROP =
  'https://github.com/WebAssembly/component-model/blob/main/design/mvp/CanonicalABI.md#canon-resourcedrop';
