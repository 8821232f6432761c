/** Owns the addresses of the specifications' sections that decide about loading, linking and starting a guest. */

/** "There are two kinds of modules": what commands and reactors export, and what may be assumed of their callers. */
export const P1_ABI =
  'https://github.com/WebAssembly/WASI/blob/wasi-0.1/application-abi.md#current-unstable-abi';

/** Preview 1: the documentation generated from the witx, on the branch that keeps it. */
export const p1Docs = (anchor: string) =>
  `https://github.com/WebAssembly/WASI/blob/wasi-0.1/preview1/docs.md#${anchor}`;

const core = (page: string, anchor: string) =>
  `https://webassembly.github.io/spec/core/${page}.html#${anchor}`;

export const CORE = {
  /** "If the number of imports is not equal…", types that do not match, segments that do not fit, the start function. */
  instantiation: core('exec/modules', 'instantiation'),
  startFunction: core('syntax/modules', 'start-function'),
  unreachable: core('exec/instructions', 'xref-syntax-instructions-syntax-instr-control-mathsf-unreachable'),
  module: core('binary/modules', 'binary-module'),
  exports: core('valid/modules', 'modules'),
  grow: core('exec/modules', 'growing-memories'),
  memories: core('syntax/modules', 'memories'),
  /** "An implementation may defer the validation of individual functions until they are first invoked." */
  deferredValidation: core('appendix/implementation', 'validation'),
};

export const THREADS =
  'https://github.com/WebAssembly/threads/blob/main/proposals/threads/Overview.md#shared-linear-memory';

const component = (page: string, anchor: string) =>
  `https://github.com/WebAssembly/component-model/blob/main/design/mvp/${page}.md#${anchor}`;

export const COMPONENT = {
  instances: component('Explainer', 'instance-definitions'),
  imports: component('Explainer', 'import-and-export-definitions'),
  subtyping: component('Subtyping', 'subtyping'),
  lift: component('CanonicalABI', 'canon-lift'),
  results: component('CanonicalABI', 'loading'),
  flat: component('CanonicalABI', 'flat-lifting'),
};

/** `run: func() -> result`, of the world `command`. */
export const RUN = 'https://github.com/WebAssembly/WASI/blob/v0.2.12/proposals/cli/wit/run.wit#L1-L6';
