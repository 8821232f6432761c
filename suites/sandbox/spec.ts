/** Owns the addresses of the specifications' sections that say what a guest must not reach. */

/** Preview 1: the documentation generated from the witx, on the branch that keeps it. */
export const p1Docs = (anchor: string) =>
  `https://github.com/WebAssembly/WASI/blob/wasi-0.1/preview1/docs.md#${anchor}`;

/**
 * Preview 1: "Access to external resources is always represented by handles, which are special values that are unforgeable […] there
 * should be no way to request a handle purely by providing a string". As it stood when preview 1 was made.
 */
export const P1_CAPABILITIES =
  'https://github.com/WebAssembly/WASI/blob/snapshot-01/docs/DesignPrinciples.md#capability-based-security';

const wasi = (path: string) => `https://github.com/WebAssembly/WASI/blob/v0.2.12/${path}`;
const types = (lines: string) => wasi(`proposals/filesystem/wit/types.wit#${lines}`);

export const P2 = {
  /** "All access to external resources is provided by capabilities"; handles "are unforgeable"; "no ambient authorities". */
  capabilities: wasi('docs/DesignPrinciples.md#capability-based-security'),
  /** What leaves the base directory, by `..`, `/` or a symbolic link, "fails with `error-code::not-permitted`". */
  paths: types('L15-L20'),
  /** "Information about the filesystem outside of the base directory handles is not visible […] even in the presence of outside processes". */
  sandboxing: wasi('proposals/filesystem/path-resolution.md#sandboxing-overview'),
  /** "Sandboxing for symlink strings is performed at the time of an access". */
  symlinks: wasi('proposals/filesystem/path-resolution.md#symlinks'),
  symlinkAt: types('L588-L602'),
  readlinkAt: types('L553-L564'),
  preopens: wasi('proposals/filesystem/wit/preopens.wit#L8-L10'),
  environment: wasi('proposals/cli/wit/environment.wit#L3-L12'),
  arguments: wasi('proposals/cli/wit/environment.wit#L14-L16'),
  cwd: wasi('proposals/cli/wit/environment.wit#L18-L21'),
  /** "An opaque resource that represents access to (a subset of) the network." */
  network: wasi('proposals/sockets/wit/network.wit#L5-L10'),
  resolver: wasi('proposals/sockets/wit/ip-name-lookup.wit#L8-L29'),
};

/** Index 0 is reserved; `get` and `remove` trap for what is not in the table, `lift_borrow` for what is of another type. */
export const HANDLES =
  'https://github.com/WebAssembly/component-model/blob/main/design/mvp/CanonicalABI.md#table-state';
