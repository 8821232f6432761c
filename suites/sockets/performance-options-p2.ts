/** Owns what asking for and setting the options of sockets costs. */

import type { WasiValue } from '../../harness/contracts/script.ts';
import type { Bench } from '../../harness/contracts/suite.ts';
import { bound, tcpSocket } from './bench-opening-p2.ts';
import { TCP_OPTIONS, UDP_OPTIONS } from './functions-p2.ts';

const VALUES: Readonly<Record<string, WasiValue>> = {
  keepAliveEnabled: true,
  keepAliveIdleTime: 60_000_000_000n,
  keepAliveInterval: 10_000_000_000n,
  keepAliveCount: 5,
  hopLimit: 64,
  receiveBufferSize: 65_536n,
  sendBufferSize: 65_536n,
};

const shortOf = (name: string) => name.slice(name.lastIndexOf('.') + 1);

export const options: Bench[] = [
  ...Object.entries(TCP_OPTIONS).map(([key, option]) => ({
    socket: 'tcp-socket',
    make: tcpSocket,
    key,
    ...option,
  })),
  ...Object.entries(UDP_OPTIONS).map(([key, option]) => ({
    socket: 'udp-socket',
    make: bound,
    key,
    ...option,
  })),
].flatMap(({ socket, make, key, get, set }): Bench[] => {
  const words = shortOf(get).replaceAll('-', ' ');
  const kind = socket === 'tcp-socket' ? 'TCP' : 'UDP';
  return [
    {
      id: `${socket}.${shortOf(get)}`,
      title: `Asking a ${kind} socket for its ${words}`,
      bench: (s) => s.time(get, [make(s)]),
    },
    {
      id: `${socket}.${shortOf(set)}`,
      title: `Setting the ${words} of a ${kind} socket`,
      bench: (s) => s.time(set, [make(s), VALUES[key] as WasiValue]),
    },
  ];
});
