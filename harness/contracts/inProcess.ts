/** How a host program calls a guest's exports in its own process, as the host of plug-ins does: what a runner provides for that. */

import type { WasiVersion } from './wasi.ts';

/** A guest in the process of its host. */
export interface CalledGuest {
  /** An export that takes a list of bytes and returns a number; a call hands the bytes over as that runtime's hosts do. */
  takingBytes(name: string): (bytes: Uint8Array) => number;
  /** An export that takes a number. */
  takingNumber(name: string): (value: number) => void;
}

/** What the module of `InProcess` exports by default: instantiates what the runner's `prepare` made, without WASI. */
export type OpenGuest = (artifact: string) => Promise<CalledGuest>;

/** A runner's way to call guests in a process of Node. */
export interface InProcess {
  /** The module whose default export is an `OpenGuest`. */
  module: URL;
  /** The versions whose guests it can call. */
  wasi: readonly WasiVersion[];
  /** Why not those of others. */
  otherwise: string;
}
