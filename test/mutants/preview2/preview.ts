/** Preview 2: faults planted in jco with preview2-shim. */

import type { Preview } from '../preview.ts';
import { allMutants } from './operators.ts';
import { signatures } from './signature.ts';

const DESCRIPTOR = 'wasi:filesystem/types#[method]descriptor';
const TCP = 'wasi:sockets/tcp#[method]tcp-socket';
const UDP = 'wasi:sockets/udp#[method]udp-socket';
const STREAMS = 'wasi:io/streams#[method]';

/**
 * The text names no error of theirs, or only such as nothing here can provoke: failing devices, unreachable hosts, a host that has run out
 * of sockets or lacks a family of addresses; `splice` of
 * preview2-shim traps whatever it is given (a known failure).
 */
const NEVER_FAILING = [
  ...['get-flags', 'get-type', 'stat', 'metadata-hash'].map((name) => `${DESCRIPTOR}.${name}`),
  ...['keep-alive-enabled', 'set-keep-alive-enabled', 'keep-alive-idle-time', 'keep-alive-interval'].map(
    (name) => `${TCP}.${name}`,
  ),
  ...['keep-alive-count', 'hop-limit', 'receive-buffer-size', 'send-buffer-size'].map(
    (name) => `${TCP}.${name}`,
  ),
  ...['unicast-hop-limit', 'receive-buffer-size', 'send-buffer-size'].map((name) => `${UDP}.${name}`),
  ...['sync', 'sync-data'].map((name) => `${DESCRIPTOR}.${name}`),
  'wasi:filesystem/types#[method]directory-entry-stream.read-directory-entry',
  'wasi:sockets/udp#[method]outgoing-datagram-stream.check-send',
  'wasi:sockets/tcp-create-socket#create-tcp-socket',
  'wasi:sockets/udp-create-socket#create-udp-socket',
  `${STREAMS}output-stream.splice`,
];

/** preview2-shim 0.26 hands each of them arguments on that nothing can be done with (known failures). */
const ALWAYS_FAILING = [
  `${STREAMS}input-stream.skip`,
  `${STREAMS}input-stream.blocking-skip`,
  `${STREAMS}output-stream.splice`,
  `${STREAMS}output-stream.blocking-splice`,
];

export const preview2: Preview = {
  wasi: 'p2',
  runner: 'jco',
  child: new URL('./child.ts', import.meta.url),
  mutants: () => allMutants(signatures(), ALWAYS_FAILING, NEVER_FAILING),
};
