/** Owns the names of preview 2's functions that this suite calls. */

export const NOW = 'wasi:clocks/monotonic-clock#now';
export const RESOLUTION = 'wasi:clocks/monotonic-clock#resolution';
export const SUBSCRIBE_INSTANT = 'wasi:clocks/monotonic-clock#subscribe-instant';
export const SUBSCRIBE_DURATION = 'wasi:clocks/monotonic-clock#subscribe-duration';
export const WALL_NOW = 'wasi:clocks/wall-clock#now';
export const WALL_RESOLUTION = 'wasi:clocks/wall-clock#resolution';
export const READY = 'wasi:io/poll#[method]pollable.ready';
export const BLOCK = 'wasi:io/poll#[method]pollable.block';
export const POLL_LIST = 'wasi:io/poll#poll';
export const POLLABLE = 'wasi:io/poll#pollable';
export const DROP_POLLABLE = 'wasi:io/poll#[resource-drop]pollable';
