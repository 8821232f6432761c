/** Owns the names of preview 2's functions that this suite calls. */

export const GET_ARGUMENTS = 'wasi:cli/environment#get-arguments';
export const GET_ENVIRONMENT = 'wasi:cli/environment#get-environment';
export const INITIAL_CWD = 'wasi:cli/environment#initial-cwd';
export const EXIT = 'wasi:cli/exit#exit';
export const EXIT_WITH_CODE = 'wasi:cli/exit#exit-with-code';
export const GET_STDIN = 'wasi:cli/stdin#get-stdin';
export const GET_STDOUT = 'wasi:cli/stdout#get-stdout';
export const GET_STDERR = 'wasi:cli/stderr#get-stderr';
export const GET_TERMINAL_STDIN = 'wasi:cli/terminal-stdin#get-terminal-stdin';
export const GET_TERMINAL_STDOUT = 'wasi:cli/terminal-stdout#get-terminal-stdout';
export const GET_TERMINAL_STDERR = 'wasi:cli/terminal-stderr#get-terminal-stderr';
export const TERMINAL_INPUT = 'wasi:cli/terminal-input#terminal-input';
export const TERMINAL_OUTPUT = 'wasi:cli/terminal-output#terminal-output';
export const DROP_TERMINAL_INPUT = 'wasi:cli/terminal-input#[resource-drop]terminal-input';
export const DROP_TERMINAL_OUTPUT = 'wasi:cli/terminal-output#[resource-drop]terminal-output';

export const INPUT_STREAM = 'wasi:io/streams#input-stream';
export const OUTPUT_STREAM = 'wasi:io/streams#output-stream';
export const POLLABLE = 'wasi:io/poll#pollable';
export const READ = 'wasi:io/streams#[method]input-stream.read';
export const BLOCKING_READ = 'wasi:io/streams#[method]input-stream.blocking-read';
export const SUBSCRIBE_INPUT = 'wasi:io/streams#[method]input-stream.subscribe';
export const CHECK_WRITE = 'wasi:io/streams#[method]output-stream.check-write';
export const WRITE = 'wasi:io/streams#[method]output-stream.write';
export const FLUSH = 'wasi:io/streams#[method]output-stream.flush';
export const WRITE_AND_FLUSH = 'wasi:io/streams#[method]output-stream.blocking-write-and-flush';
export const SUBSCRIBE_OUTPUT = 'wasi:io/streams#[method]output-stream.subscribe';
export const BLOCK = 'wasi:io/poll#[method]pollable.block';
export const READY = 'wasi:io/poll#[method]pollable.ready';
export const POLL = 'wasi:io/poll#poll';
export const SUBSCRIBE_DURATION = 'wasi:clocks/monotonic-clock#subscribe-duration';
