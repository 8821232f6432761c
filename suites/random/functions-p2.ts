/** Owns the names of preview 2's functions that this suite calls. */

export const BYTES = 'wasi:random/random#get-random-bytes';
export const U64 = 'wasi:random/random#get-random-u64';
export const INSECURE_BYTES = 'wasi:random/insecure#get-insecure-random-bytes';
export const INSECURE_U64 = 'wasi:random/insecure#get-insecure-random-u64';
export const INSECURE_SEED = 'wasi:random/insecure-seed#insecure-seed';
