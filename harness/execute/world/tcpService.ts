/** The other end of timed sockets: serves any number of connections, each in the same way, as fast as it can. */

import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as later } from 'node:timers/promises';
import type { HostPeer, TcpService } from '../../contracts/peer.ts';
import { loopback } from './ports.ts';

/** Between two attempts to reach a guest that does not listen yet, or has just taken a call. */
const RETRY_MS = 1;
const ZEROS = Buffer.alloc(256 * 1024);

/** Nobody judges what a service saw. */
const NOTHING_SEEN: HostPeer = {
  connected: false,
  received: { head: '', sizeBytes: 0, sha256: '' },
  ended: 'open',
};

/** Listens on a port of the system's choice until `over` is aborted. */
export async function openTcpService(
  service: Extract<TcpService, { listensOn: string }>,
  over: AbortSignal,
): Promise<{ port: number; life: Promise<HostPeer> }> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A guest that vanishes is no trouble of ours.
    socket.on('error', () => socket.destroy());
    serve(socket, service.serves);
  });
  const life = new Promise<HostPeer>((resolve) => {
    over.addEventListener('abort', () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      resolve(NOTHING_SEEN);
    });
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, loopback(service.ipVersion), () => resolve((server.address() as { port: number }).port));
  });
  return { port, life };
}

function serve(socket: Socket, how: 'zeros' | 'sink' | 'echo'): void {
  if (how === 'echo') socket.pipe(socket);
  else socket.resume();
  if (how !== 'zeros') return;
  const fill = () => {
    while (!socket.destroyed && socket.write(ZEROS));
  };
  socket.on('drain', fill);
  fill();
}

/** Connects to a port again and again until `over` is aborted. */
export async function callAgainAndAgain(
  { ipVersion }: TcpService,
  port: number,
  over: AbortSignal,
): Promise<HostPeer> {
  while (!over.aborted) {
    await new Promise<void>((resolve) => {
      const socket = connect({ port, host: loopback(ipVersion), noDelay: true });
      socket.resume();
      socket.on('error', () => socket.destroy());
      socket.once('close', () => resolve());
      over.addEventListener('abort', () => socket.destroy(), { once: true });
    });
    await later(RETRY_MS);
  }
  return NOTHING_SEEN;
}
