/**
 * The machine-wide lock under which runs measure: nothing of ours runs beside a timed block. It is a bound local socket,
 * so the system frees it whatever becomes of the process that holds it.
 */

import { connect, createServer } from 'node:net';

/** Abstract on Linux, so no file is left behind; elsewhere a port of the loopback interface. */
const ADDRESS: LockAddress =
  process.platform === 'linux' ? { path: '\0wasimeter-measuring' } : { host: '127.0.0.1', port: 41_847 };
type LockAddress = { path: string } | { host: string; port: number };
const RETRY_MS = 100;

/**
 * Takes the lock, waiting for it; `onWait` hears once who holds it. Returns the function that frees it. Only tests give
 * an `address` of their own.
 */
export async function takeLock(
  onWait: (holder: string) => void,
  signal?: AbortSignal,
  address = ADDRESS,
): Promise<() => void> {
  let told = false;
  for (;;) {
    const free = await tryBind(address);
    if (free) return free;
    if (!told) onWait(await askHolder(address));
    told = true;
    signal?.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

function tryBind(address: LockAddress): Promise<(() => void) | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.end(`process ${process.pid}`);
    });
    server.unref();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(address, () => resolve(() => void server.close()));
  });
}

/** Who holds the lock, by their own word. */
function askHolder(address: LockAddress): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(address);
    socket.setEncoding('utf8').setTimeout(1000, () => socket.destroy());
    socket.on('data', (part) => {
      text = (text + part).slice(0, 100);
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(/^process \d+$/.test(text) ? text : 'another process'));
  });
}
