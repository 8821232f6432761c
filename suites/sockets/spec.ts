/** Owns the addresses of the specification's sections that decide about sockets. */

/** Preview 1: the documentation generated from the witx, on the branch that keeps it. */
export const p1Docs = (anchor: string) =>
  `https://github.com/WebAssembly/WASI/blob/wasi-0.1/preview1/docs.md#${anchor}`;

/** Preview 1: misaligned pointers, and those out of bounds that must be dereferenced, "shall trap". */
export const P1_POINTERS = 'https://github.com/WebAssembly/WASI/blob/wasi-0.1/tools/witx-docs.md#pointers';

/** POSIX, which each of the functions is said to be similar to: its list of errors. */
export const posix = (name: string) =>
  `https://pubs.opengroup.org/onlinepubs/9799919799/functions/${name}.html#tag_16`;

const proposal = (file: string, anchor: string) =>
  `https://github.com/WebAssembly/WASI/blob/v0.2.12/proposals/sockets/${file}#${anchor}`;
const wit = (file: string) => (lines: string) => proposal(`wit/${file}.wit`, lines);
const [tcp, udp, lookup] = [wit('tcp'), wit('udp'), wit('ip-name-lookup')];

/** Preview 2: the README, which says how asynchronous operations and denied access are told. */
export const README = {
  /** "The documented error codes can be returned from either the `start-*` function or the `finish-*` function." */
  asynchronous: proposal('README.md', 'asynchronous-apis'),
  security: proposal('README.md', 'security'),
};

/** Preview 2: "WASI TCP sockets must behave as-if they are implemented using the state machine described". */
export const STATES = {
  transitions: proposal('TcpSocketOperationalSemantics.md', 'transitions'),
  readiness: proposal('TcpSocketOperationalSemantics.md', 'pollable-readiness'),
};

export const NETWORK_SPEC = {
  errors: wit('network')('L11-L55'),
  network: wit('network')('L5-L10'),
  instance: wit('instance-network')('L8-L10'),
  createTcp: wit('tcp-create-socket')('L8-L29'),
  createUdp: wit('udp-create-socket')('L8-L29'),
};

export const TCP_SPEC = {
  socket: tcp('L25-L45'),
  bind: tcp('L47-L88'),
  connect: tcp('L90-L135'),
  listen: tcp('L137-L165'),
  accept: tcp('L167-L194'),
  localAddress: tcp('L196-L213'),
  remoteAddress: tcp('L215-L226'),
  isListening: tcp('L228-L232'),
  addressFamily: tcp('L234-L238'),
  backlog: tcp('L240-L250'),
  keepAliveEnabled: tcp('L252-L264'),
  keepAliveIdleTime: tcp('L266-L279'),
  keepAliveInterval: tcp('L281-L294'),
  keepAliveCount: tcp('L296-L309'),
  hopLimit: tcp('L311-L320'),
  bufferSize: tcp('L322-L339'),
  subscribe: tcp('L341-L359'),
  shutdown: tcp('L361-L385'),
};

export const UDP_SPEC = {
  bind: udp('L43-L72'),
  stream: udp('L74-L115'),
  localAddress: udp('L117-L134'),
  remoteAddress: udp('L136-L147'),
  addressFamily: udp('L149-L153'),
  hopLimit: udp('L155-L164'),
  bufferSize: udp('L166-L183'),
  subscribe: udp('L185-L190'),
  receive: udp('L195-L219'),
  incomingSubscribe: udp('L221-L226'),
  checkSend: udp('L231-L242'),
  send: udp('L244-L279'),
  outgoingSubscribe: udp('L281-L286'),
};

export const LOOKUP_SPEC = {
  resolve: lookup('L8-L29'),
  next: lookup('L33-L47'),
  subscribe: lookup('L49-L54'),
};

/** Dropping a resource; what it means for the host is its interface's business. */
export const ABI_DROP =
  'https://github.com/WebAssembly/component-model/blob/main/design/mvp/CanonicalABI.md#canon-resourcedrop';
