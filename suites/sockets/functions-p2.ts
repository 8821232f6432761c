/** Owns the names of preview 2's functions that this suite calls. */

const tcp = (method: string) => `wasi:sockets/tcp#[method]tcp-socket.${method}`;
const udp = (method: string) => `wasi:sockets/udp#[method]${method}`;

export const NETWORK = 'wasi:sockets/instance-network#instance-network';
export const CREATE_TCP = 'wasi:sockets/tcp-create-socket#create-tcp-socket';
export const CREATE_UDP = 'wasi:sockets/udp-create-socket#create-udp-socket';
export const RESOLVE = 'wasi:sockets/ip-name-lookup#resolve-addresses';
export const RESOLVE_NEXT = 'wasi:sockets/ip-name-lookup#[method]resolve-address-stream.resolve-next-address';
export const RESOLVE_SUBSCRIBE = 'wasi:sockets/ip-name-lookup#[method]resolve-address-stream.subscribe';

export const TCP = {
  startBind: tcp('start-bind'),
  finishBind: tcp('finish-bind'),
  startConnect: tcp('start-connect'),
  finishConnect: tcp('finish-connect'),
  startListen: tcp('start-listen'),
  finishListen: tcp('finish-listen'),
  accept: tcp('accept'),
  localAddress: tcp('local-address'),
  remoteAddress: tcp('remote-address'),
  isListening: tcp('is-listening'),
  addressFamily: tcp('address-family'),
  setBacklog: tcp('set-listen-backlog-size'),
  subscribe: tcp('subscribe'),
  shutdown: tcp('shutdown'),
} as const;

export const UDP = {
  startBind: udp('udp-socket.start-bind'),
  finishBind: udp('udp-socket.finish-bind'),
  stream: udp('udp-socket.stream'),
  localAddress: udp('udp-socket.local-address'),
  remoteAddress: udp('udp-socket.remote-address'),
  addressFamily: udp('udp-socket.address-family'),
  subscribe: udp('udp-socket.subscribe'),
  receive: udp('incoming-datagram-stream.receive'),
  incomingSubscribe: udp('incoming-datagram-stream.subscribe'),
  checkSend: udp('outgoing-datagram-stream.check-send'),
  send: udp('outgoing-datagram-stream.send'),
  outgoingSubscribe: udp('outgoing-datagram-stream.subscribe'),
} as const;

/** Resources, for dropping. */
export const KIND = {
  network: 'wasi:sockets/network#network',
  tcp: 'wasi:sockets/tcp#tcp-socket',
  udp: 'wasi:sockets/udp#udp-socket',
  incoming: 'wasi:sockets/udp#incoming-datagram-stream',
  outgoing: 'wasi:sockets/udp#outgoing-datagram-stream',
  resolver: 'wasi:sockets/ip-name-lookup#resolve-address-stream',
  pollable: 'wasi:io/poll#pollable',
  input: 'wasi:io/streams#input-stream',
  output: 'wasi:io/streams#output-stream',
} as const;

export const POLL = 'wasi:io/poll#poll';
export const READY = 'wasi:io/poll#[method]pollable.ready';
export const SUBSCRIBE_DURATION = 'wasi:clocks/monotonic-clock#subscribe-duration';

export const INPUT = {
  read: 'wasi:io/streams#[method]input-stream.read',
  subscribe: 'wasi:io/streams#[method]input-stream.subscribe',
} as const;

export const OUTPUT = {
  checkWrite: 'wasi:io/streams#[method]output-stream.check-write',
  write: 'wasi:io/streams#[method]output-stream.write',
  flush: 'wasi:io/streams#[method]output-stream.flush',
  subscribe: 'wasi:io/streams#[method]output-stream.subscribe',
} as const;

/** An option: the function that reads it, and the one that sets it. */
export interface Option {
  get: string;
  set: string;
}

const option = (of: (method: string) => string, name: string): Option => ({
  get: of(name),
  set: of(`set-${name}`),
});

export const TCP_OPTIONS = {
  keepAliveEnabled: option(tcp, 'keep-alive-enabled'),
  keepAliveIdleTime: option(tcp, 'keep-alive-idle-time'),
  keepAliveInterval: option(tcp, 'keep-alive-interval'),
  keepAliveCount: option(tcp, 'keep-alive-count'),
  hopLimit: option(tcp, 'hop-limit'),
  receiveBufferSize: option(tcp, 'receive-buffer-size'),
  sendBufferSize: option(tcp, 'send-buffer-size'),
} as const;

const udpSocket = (method: string) => udp(`udp-socket.${method}`);

export const UDP_OPTIONS = {
  hopLimit: option(udpSocket, 'unicast-hop-limit'),
  receiveBufferSize: option(udpSocket, 'receive-buffer-size'),
  sendBufferSize: option(udpSocket, 'send-buffer-size'),
} as const;
