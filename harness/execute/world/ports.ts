/** Ports that are free, chosen by the system. */

import { createServer, type Server } from 'node:net';

const LOOPBACK = { 4: '127.0.0.1', 6: '::1' } as const;

/** The loopback address of an IP version. */
export const loopback = (ipVersion: 4 | 6 = 4): string => LOOPBACK[ipVersion];

/** Has a server listen on a port of the system's choice, and tells which; rejects where it can't. */
export function listenAnywhere(server: Server, ipVersion?: 4 | 6): Promise<number> {
  return new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, loopback(ipVersion), () => resolve((server.address() as { port: number }).port));
  });
}

/** A TCP port that nobody listened on a moment ago: the system gives it to no other asker for a while. */
export async function freePort(): Promise<number> {
  const server = createServer();
  try {
    return await listenAnywhere(server);
  } finally {
    server.close();
  }
}
