/** A UDP peer: takes datagrams on the loopback, sends them back where it is to, and tells what came. */

import { createHash } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { HostDatagram, HostPeer, UdpPeer } from '../../contracts/peer.ts';
import { loopback } from './ports.ts';

const HEAD_BYTES = 65_536;
const MOST_DATAGRAMS = 1_000;
/** What a peer takes at most: then it hears nothing any more. */
const MOST_BYTES = 64 * 1024 * 1024;
/** On the loopback a datagram is there when sending it returns; this long it may wait for being read. */
const DRAIN_MS = 10;

/** Opens the peer's port; `life` resolves when `over` is aborted and nothing more comes. */
export async function openUdpPeer(
  peer: UdpPeer,
  over: AbortSignal,
): Promise<{ port: number; life: Promise<HostPeer> }> {
  const socket = createSocket({
    type: peer.ipVersion === 6 ? 'udp6' : 'udp4',
    ipv6Only: peer.ipVersion === 6,
  });
  socket.bind(0, loopback(peer.ipVersion));
  await once(socket, 'listening');
  // A guest that has gone makes the system refuse what is sent back to it.
  socket.on('error', () => {});
  return { port: socket.address().port, life: listen(socket, peer.echoes === true, over) };
}

async function listen(socket: Socket, echoes: boolean, over: AbortSignal): Promise<HostPeer> {
  const datagrams: HostDatagram[] = [];
  const head: Buffer[] = [];
  const hash = createHash('sha256');
  let sizeBytes = 0;
  let count = 0;
  socket.on('message', (content, { address, port }) => {
    if (sizeBytes + content.length > MOST_BYTES) return;
    if (sizeBytes < HEAD_BYTES) head.push(content.subarray(0, HEAD_BYTES - sizeBytes));
    sizeBytes += content.length;
    count++;
    hash.update(content);
    if (datagrams.length < MOST_DATAGRAMS)
      datagrams.push({ address, port, content: content.toString('base64') });
    if (echoes) socket.send(content, port, address);
  });
  if (!over.aborted) await once(over, 'abort');
  for (let before = -1; before !== count; ) {
    before = count;
    await new Promise((resolve) => setTimeout(resolve, DRAIN_MS));
  }
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return {
    connected: count > 0,
    received: { head: Buffer.concat(head).toString('base64'), sizeBytes, sha256: hash.digest('hex') },
    ended: 'open',
    datagrams,
  };
}
