/** Owns datagrams to and from a peer that the harness plays: their bytes, bounds and source as the host sees them. */

import { type HostPeer, portOf } from '../../harness/contracts/peer.ts';
import type { ScriptBuilder, Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { FAMILIES, type Family, loopback, type Seen } from './addresses-p2.ts';
import { UDP } from './functions-p2.ts';
import { UDP_SPEC } from './spec.ts';
import { networked } from './tcp-opening-p2.ts';
import { datagram, gatherTexts, type OpenUdp, openUdp, sameSource, sendAll } from './udp-opening-p2.ts';

const played = (
  family: Family,
  one: Pick<ConformanceCase, 'id' | 'title' | 'spec'> & { script(s: ScriptBuilder): void },
): ConformanceCase =>
  networked({
    ...one,
    world: {
      network: true,
      peers: [{ protocol: 'udp', listensOn: 'peer', ipVersion: family === 'ipv4' ? 4 : 6, echoes: true }],
    },
  });

/** The peer got exactly these datagrams, all from the address that `local` gave. */
function peerGot(s: ScriptBuilder, local: Step, ...wanted: string[]): void {
  s.after('the peer got these datagrams from that address', [local], ({ values: [own], after }) => {
    const peer: HostPeer | undefined = after[0]?.peers?.[0];
    const seen = (peer?.datagrams ?? []).map(({ content }) => Buffer.from(content, 'base64').toString());
    if (JSON.stringify(seen) !== JSON.stringify(wanted)) return `it got ${JSON.stringify(seen)}`;
    const port = own?.kind === 'ok' ? (own.value as unknown as Seen).value.port : 0;
    const others = peer?.datagrams?.filter((one) => one.port !== port) ?? [];
    return others.length === 0 || `one came from port ${others[0]?.port}, not ${port}`;
  });
}

const exchange = (s: ScriptBuilder, own: OpenUdp, to: Parameters<typeof datagram>[1]) => {
  const local = s.call(UDP.localAddress, own.socket);
  for (const text of ['one', '', 'three']) sendAll(s, own.outgoing, [datagram(text, to)]);
  const [first] = gatherTexts(s, own.incoming, 'one', '', 'three');
  peerGot(s, local, 'one', '', 'three');
  return first!;
};

export const udpPeersP2: ConformanceCase[] = FAMILIES.flatMap((family) => [
  played(family, {
    id: `outgoing-datagram-stream.send/peer-${family}`,
    title: `Over ${family} a peer on the host gets each datagram for itself from the socket’s port, and what it sends comes`,
    spec: UDP_SPEC.send,
    script: (s) => void exchange(s, openUdp(s, family), loopback(family, portOf('peer'))),
  }),
  played(family, {
    id: `udp-socket.stream/peer-${family}`,
    title: `Over ${family} a socket with a peer on the host as remote address sends to it and receives from it`,
    spec: UDP_SPEC.stream,
    script: (s) => {
      const own = openUdp(s, family, loopback(family, portOf('peer')));
      const first = exchange(s, own, null);
      sameSource(s, s.call(UDP.remoteAddress, own.socket), first);
    },
  }),
]);
