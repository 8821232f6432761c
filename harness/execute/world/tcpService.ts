/** The other end of timed sockets: serves any number of connections, each in the same way, as fast as it can. */

import { createServer, type Socket } from 'node:net';
import type { HostPeer, TcpService } from '../../contracts/peer.ts';
import { listenAnywhere } from './ports.ts';

const ZEROS = Buffer.alloc(256 * 1024);

/** Nobody judges what a service saw. */
const NOTHING_SEEN: HostPeer = {
  connected: false,
  received: { head: '', sizeBytes: 0, sha256: '' },
  ended: 'open',
};

/** Listens on a port of the system's choice until `over` is aborted. */
export async function openTcpService(
  service: TcpService,
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
  return { port: await listenAnywhere(server, service.ipVersion), life };
}

function serve(socket: Socket, how: TcpService['serves']): void {
  if (how === 'echo') socket.pipe(socket);
  else socket.resume();
  if (how !== 'zeros') return;
  const fill = () => {
    while (!socket.destroyed && socket.write(ZEROS));
  };
  socket.on('drain', fill);
  fill();
}
