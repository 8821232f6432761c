/** The names of WASI's versions as they appear in ids, options and run.json. */

export type WasiVersion = 'p1' | 'p2' | 'p3';

export const WASI_VERSIONS: readonly WasiVersion[] = ['p1', 'p2', 'p3'];

export const WASI_LABEL: Readonly<Record<WasiVersion, string>> = {
  p1: 'preview 1',
  p2: 'preview 2',
  p3: 'preview 3',
};
