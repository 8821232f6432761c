/** Owns the names of preview 2's functions that this suite calls. */

const INPUT = 'wasi:io/streams#[method]input-stream.';
const OUTPUT = 'wasi:io/streams#[method]output-stream.';

export const READ = `${INPUT}read`;
export const BLOCKING_READ = `${INPUT}blocking-read`;
export const SKIP = `${INPUT}skip`;
export const BLOCKING_SKIP = `${INPUT}blocking-skip`;
export const SUBSCRIBE_INPUT = `${INPUT}subscribe`;

export const CHECK_WRITE = `${OUTPUT}check-write`;
export const WRITE = `${OUTPUT}write`;
export const BLOCKING_WRITE = `${OUTPUT}blocking-write-and-flush`;
export const FLUSH = `${OUTPUT}flush`;
export const BLOCKING_FLUSH = `${OUTPUT}blocking-flush`;
export const SUBSCRIBE_OUTPUT = `${OUTPUT}subscribe`;
export const WRITE_ZEROES = `${OUTPUT}write-zeroes`;
export const BLOCKING_ZEROES = `${OUTPUT}blocking-write-zeroes-and-flush`;
export const SPLICE = `${OUTPUT}splice`;
export const BLOCKING_SPLICE = `${OUTPUT}blocking-splice`;

export const TO_DEBUG_STRING = 'wasi:io/error#[method]error.to-debug-string';

/** For `drop`. */
export const INPUT_STREAM = 'wasi:io/streams#input-stream';
export const OUTPUT_STREAM = 'wasi:io/streams#output-stream';
export const ERROR = 'wasi:io/error#error';
export const POLLABLE = 'wasi:io/poll#pollable';
export const DESCRIPTOR = 'wasi:filesystem/types#descriptor';
export const TCP_SOCKET = 'wasi:sockets/tcp#tcp-socket';

export const DROP_INPUT = 'wasi:io/streams#[resource-drop]input-stream';
export const DROP_OUTPUT = 'wasi:io/streams#[resource-drop]output-stream';
export const DROP_ERROR = 'wasi:io/error#[resource-drop]error';

export const READY = 'wasi:io/poll#[method]pollable.ready';
export const BLOCK = 'wasi:io/poll#[method]pollable.block';
export const POLL = 'wasi:io/poll#poll';
export const SUBSCRIBE_DURATION = 'wasi:clocks/monotonic-clock#subscribe-duration';
