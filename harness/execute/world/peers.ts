/** Plays the peers of a case's world: opens their ports, does their steps, keeps what they received. */

import { createServer } from 'node:net';
import type { HostPeer, Peer, TcpPeer } from '../../contracts/peer.ts';
import type { World } from '../../contracts/world.ts';
import { connectWhenHeard, type PeerConnection, playPeer } from './peerConnection.ts';
import { freePort, listenAnywhere, loopback } from './ports.ts';
import { openTcpService } from './tcpService.ts';
import { openUdpPeer } from './udpPeer.ts';

export interface OpenedPeers {
  /** By name, for the script; `listener` is not among them. */
  ports: Record<string, number>;
  /** Of the socket to hand to the guest, where the world asks for one. */
  listener?: number;
  /** To be called when the guest has ended: ends whatever still stands, and tells what each peer saw. */
  ended(): Promise<HostPeer[]>;
}

const LISTENER = 'listener';

/** Chooses the ports and starts the peers. */
export async function openPeers(world: World): Promise<OpenedPeers> {
  const peers = world.peers ?? [];
  const abort = new AbortController();
  const listener = world.listen ? await freePort() : undefined;
  const ports: Record<string, number> = {};
  const played: Promise<HostPeer>[] = [];
  for (const peer of peers) played.push((await open(peer, { ports, listener, signal: abort.signal })).life);
  return {
    ports,
    ...(listener === undefined ? {} : { listener }),
    ended: () => {
      abort.abort();
      return Promise.all(played);
    },
  };
}

interface Opening {
  ports: Record<string, number>;
  listener: number | undefined;
  signal: AbortSignal;
}

/** The peer's life in a field: awaiting the opening must not await it too. */
async function open(peer: Peer, { ports, listener, signal }: Opening): Promise<{ life: Promise<HostPeer> }> {
  if (peer.protocol === 'udp') {
    const { port, life } = await openUdpPeer(peer, signal);
    ports[peer.listensOn] = port;
    return { life };
  }
  if ('serves' in peer) {
    const { port, life } = await openTcpService(peer, signal);
    ports[peer.listensOn] = port;
    return { life };
  }
  if (peer.listensOn !== undefined) {
    const { port, connection } = await listen(peer, signal);
    ports[peer.listensOn] = port;
    return { life: playPeer(peer, connection, signal) };
  }
  const name = peer.connectsTo ?? LISTENER;
  if (name !== LISTENER) ports[name] ??= await freePort();
  const port = name === LISTENER ? listener : ports[name];
  if (port === undefined) throw new TypeError('a peer connects to a listener that the world does not have');
  return { life: playPeer(peer, connectWhenHeard(port, loopback(peer.ipVersion), signal), signal) };
}

/** Listens on a port of the system's choice for one connection. */
async function listen(
  peer: TcpPeer,
  signal: AbortSignal,
): Promise<{ port: number; connection: Promise<PeerConnection> }> {
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true });
  const connection = new Promise<PeerConnection>((resolve) => {
    server.once('connection', (socket) => {
      resolve(socket);
      server.close();
    });
    signal.addEventListener('abort', () => {
      resolve(undefined);
      server.close();
    });
  });
  return { port: await listenAnywhere(server, peer.ipVersion), connection };
}
