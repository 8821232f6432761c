/** What a prebuilt guest is, as guests.lock.json lists it. */

import type { WasiVersion } from './wasi.ts';

export interface Guest {
  /** e.g. `probe-p1`, `probe-p2-clocks`. */
  id: string;
  wasi: WasiVersion;
  kind: 'module' | 'component';
  /** Absolute path of the prebuilt wasm, its bytes verified against the lock. */
  file: string;
  /** `sha256:…` of the wasm. */
  hash: string;
}
