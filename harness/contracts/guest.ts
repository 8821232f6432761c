/** What a prebuilt guest is, as guests.lock.json lists it. */

import type { WasiVersion } from './wasi.ts';

export interface Guest {
  /** e.g. `probe-p1`, `probe-p2-clocks`. */
  id: string;
  wasi: WasiVersion;
  kind: 'module' | 'component';
  /** Absolute path of the prebuilt wasm, its bytes verified against the lock; of a generated one, where it is put when it is needed. */
  file: string;
  /** `sha256:…` of the wasm. */
  hash: string;
  /** It is made, always the same, rather than kept: a module of so many bytes, full of functions, that ends at once. */
  generated?: { sizeBytes: number };
}
