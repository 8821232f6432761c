/** Ports that are free, chosen by the system. */

import { createServer } from 'node:net';

const LOOPBACK = { 4: '127.0.0.1', 6: '::1' } as const;

/** The loopback address of an IP version. */
export const loopback = (ipVersion: 4 | 6 = 4): string => LOOPBACK[ipVersion];

/** A TCP port that nobody listened on a moment ago: the system gives it to no other asker for a while. */
export async function freePort(): Promise<number> {
  const server = createServer();
  try {
    return await new Promise<number>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, loopback(), () => resolve((server.address() as { port: number }).port));
    });
  } finally {
    server.close();
  }
}
