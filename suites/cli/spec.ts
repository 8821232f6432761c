/** Owns the addresses of the specification's sections that decide about arguments, environment, exit and standard streams. */

/** Preview 1: the documentation generated from the witx, on the branch that keeps it. */
export const p1Docs = (anchor: string) =>
  `https://github.com/WebAssembly/WASI/blob/wasi-0.1/preview1/docs.md#${anchor}`;

/** Preview 1: misaligned pointers, and those out of bounds that must be dereferenced, "shall trap". */
export const P1_POINTERS = 'https://github.com/WebAssembly/WASI/blob/wasi-0.1/tools/witx-docs.md#pointers';

const wit = (file: string, lines: string) =>
  `https://github.com/WebAssembly/WASI/blob/v0.2.12/proposals/${file}.wit#${lines}`;

/** Preview 2. */
export const ENVIRONMENT = {
  environment: wit('cli/wit/environment', 'L3-L12'),
  arguments: wit('cli/wit/environment', 'L14-L16'),
  cwd: wit('cli/wit/environment', 'L18-L21'),
};

export const EXIT_TEXT = { exit: wit('cli/wit/exit', 'L3-L5'), withCode: wit('cli/wit/exit', 'L7-L16') };

export const STDIO = {
  stdin: wit('cli/wit/stdio', 'L6-L7'),
  stdout: wit('cli/wit/stdio', 'L15-L16'),
  stderr: wit('cli/wit/stdio', 'L24-L25'),
};

export const TERMINAL = {
  input: wit('cli/wit/terminal', 'L8-L10'),
  output: wit('cli/wit/terminal', 'L20-L22'),
  stdin: wit('cli/wit/terminal', 'L32-L35'),
  stdout: wit('cli/wit/terminal', 'L45-L48'),
  stderr: wit('cli/wit/terminal', 'L58-L61'),
};

export const IO_STREAMS = {
  errors: wit('io/wit/streams', 'L15-L29'),
  read: wit('io/wit/streams', 'L41-L76'),
  subscribe: wit('io/wit/streams', 'L99-L106'),
  write: wit('io/wit/streams', 'L136-L152'),
  writeAndFlush: wit('io/wit/streams', 'L154-L167'),
  flush: wit('io/wit/streams', 'L169-L180'),
};
