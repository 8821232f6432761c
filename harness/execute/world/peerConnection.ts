/** One TCP connection of a peer: how it comes about, what is done on it, and what came from the guest. */

import { createHash } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { HostPeer, PeerStep, TcpPeer } from '../../contracts/peer.ts';
import type { HostOutput } from '../../contracts/world.ts';

/** Undefined when the guest ended before anybody connected. */
export type PeerConnection = Socket | undefined;

/** Between two attempts to reach a guest that does not listen yet. */
const RETRY_MS = 5;
/** A guest that has ended takes its sockets along; whoever hears nothing of it after this long stops listening for it. */
const FAREWELL_MS = 2000;
const SLOW_BYTES = 4096;
const SLOW_PAUSE_MS = 1;
const HEAD_BYTES = 65_536;
/** What a peer takes at most: then it vanishes. */
const MOST_BYTES = 64 * 1024 * 1024;

const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Connects as soon as somebody listens there, or never when `signal` is aborted before. */
export async function connectWhenHeard(
  port: number,
  host: string,
  signal: AbortSignal,
): Promise<PeerConnection> {
  while (!signal.aborted) {
    const socket = await attempt(port, host);
    if (socket) return socket;
    await later(RETRY_MS);
  }
  return undefined;
}

function attempt(port: number, host: string): Promise<PeerConnection> {
  return new Promise((resolve) => {
    const socket = connect({ port, host, allowHalfOpen: true });
    socket.once('error', () => resolve(undefined));
    socket.once('connect', () => resolve(socket.pause()));
  });
}

/** Does a peer's steps on its connection, and tells what it saw once both sides have ended or `over` is aborted. */
export async function playPeer(
  peer: TcpPeer,
  connection: Promise<PeerConnection>,
  over: AbortSignal,
): Promise<HostPeer> {
  const socket = await connection;
  const inbox = makeInbox();
  if (!socket) return { connected: false, received: inbox.output(), ended: 'open' };
  let ended: HostPeer['ended'] = 'open';
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ECONNRESET' && ended === 'open') ended = 'reset';
    inbox.close();
  });
  socket.once('end', () => {
    if (!over.aborted || ended === 'open') ended = 'end';
    inbox.close();
  });
  socket.once('close', () => inbox.close());
  receive(socket, inbox, peer.reads ?? 'at-once', over);
  const said = doSteps(socket, peer.steps ?? [], inbox);
  await Promise.race([Promise.all([said, closed]), whenOver(over, closed)]);
  socket.destroy();
  return { connected: true, received: inbox.output(), ended };
}

/** When the guest has ended, and its socket too or nothing has been heard of it for long. */
async function whenOver(over: AbortSignal, closed: Promise<void>): Promise<void> {
  await new Promise<void>((resolve) => {
    if (over.aborted) resolve();
    else over.addEventListener('abort', () => resolve());
  });
  await Promise.race([closed, later(FAREWELL_MS)]);
}

type Inbox = ReturnType<typeof makeInbox>;

/** Counts and keeps what came, and lets others wait for it. */
function makeInbox() {
  const hash = createHash('sha256');
  const head: Buffer[] = [];
  let sizeBytes = 0;
  let isClosed = false;
  const waiting: (() => void)[] = [];
  const wake = () => {
    for (const resume of waiting.splice(0)) resume();
  };
  return {
    take(bytes: Buffer): void {
      hash.update(bytes);
      if (sizeBytes < HEAD_BYTES) head.push(bytes.subarray(0, HEAD_BYTES - sizeBytes));
      sizeBytes += bytes.length;
      wake();
    },
    close(): void {
      isClosed = true;
      wake();
    },
    /** Resolves at `count` bytes, or when no more can come. */
    async until(count: number): Promise<void> {
      while (!isClosed && sizeBytes < count) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    sizeBytes: () => sizeBytes,
    output: (): HostOutput => ({
      head: Buffer.concat(head).toString('base64'),
      sizeBytes,
      sha256: hash.copy().digest('hex'),
    }),
  };
}

function receive(
  socket: Socket,
  inbox: Inbox,
  reads: NonNullable<TcpPeer['reads']>,
  over: AbortSignal,
): void {
  const take = (bytes: Buffer) => {
    inbox.take(bytes);
    if (inbox.sizeBytes() > MOST_BYTES) socket.resetAndDestroy();
  };
  if (reads === 'never') {
    // What it left lying is not looked at, but the end of the guest's side is.
    over.addEventListener('abort', () => socket.resume());
    return;
  }
  if (reads === 'at-once') {
    socket.on('data', take).resume();
    return;
  }
  const pump = async () => {
    for (let isOpen = true; isOpen; isOpen = !socket.destroyed && !socket.readableEnded) {
      await later(SLOW_PAUSE_MS);
      const bytes = (socket.read(SLOW_BYTES) ?? socket.read()) as Buffer | null;
      if (bytes) take(bytes);
    }
  };
  // Reading in pieces goes by `read`, which a stream allows once somebody listens for `readable`.
  socket.on('readable', () => {});
  void pump();
}

async function doSteps(socket: Socket, steps: readonly PeerStep[], inbox: Inbox): Promise<void> {
  for (const step of steps) {
    if (socket.destroyed) return;
    switch (step.do) {
      case 'send':
        await new Promise<void>((resolve) => socket.write(step.content, () => resolve()));
        break;
      case 'await-bytes':
        await inbox.until(step.count);
        break;
      case 'await-end':
        await inbox.until(Number.POSITIVE_INFINITY);
        break;
      case 'end':
        socket.end();
        break;
      case 'reset':
        socket.resetAndDestroy();
        break;
    }
  }
}
