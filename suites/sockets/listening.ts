/** Owns cases with a listening socket that is handed in, and what is said of the peers that connect to it. */

import { type Expectation, ok } from '../../harness/contracts/expect.ts';
import type { HostPeer, PeerStep, TcpPeer } from '../../harness/contracts/peer.ts';
import type { ScriptBuilder, Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';

/** The listener; there are no preopens. */
export const LISTENER = 3;

/** A peer that connects to the listener. */
export const peer = (...steps: PeerStep[]): TcpPeer => ({ protocol: 'tcp', connectsTo: 'listener', steps });

/** A peer that stays until the guest has ended its side. */
export const patient = peer({ do: 'await-end' });

export interface Listening {
  id: string;
  title: string;
  spec: string;
  peers?: TcpPeer[];
  script(s: ScriptBuilder): void;
}

export const listening = ({ peers = [], ...one }: Listening): ConformanceCase => ({
  ...one,
  ...({ wasi: 'p1', guest: 'probe-p1', needs: ['listen'] } as const),
  world: { listen: true, network: true, peers },
});

/** States what the peers saw. */
export function peersSaw(
  s: ScriptBuilder,
  step: Step,
  test: (...peers: HostPeer[]) => true | string | undefined,
): void {
  s.after('the peer saw it', [step], ({ after }) => test(...(after[0]?.peers ?? [])) ?? 'there was no peer');
}

export const textOf = (seen: HostPeer | undefined): string =>
  Buffer.from(seen?.received.head ?? '', 'base64').toString();

export const got =
  (text: string) =>
  (seen: HostPeer | undefined): true | string =>
    textOf(seen) === text || `it got '${textOf(seen)}'`;

export const isStream = ok(
  'a stream socket',
  (stat) => (stat as { fs_filetype?: string }).fs_filetype === 'socket_stream',
);

export const hasFlags = (...flags: string[]): Expectation =>
  ok(`the flags [${flags}]`, (stat) => String((stat as { fs_flags?: string[] }).fs_flags) === String(flags));
