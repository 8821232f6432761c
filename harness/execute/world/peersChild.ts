/** The small process that plays peers for timed guests; it goes when the harness does. */

import type { World } from '../../contracts/world.ts';
import { type OpenedPeers, openPeers } from './peers.ts';
import type { RemotePorts } from './remotePeers.ts';

export type PeersQuestion = Pick<World, 'peers' | 'listen'>;
export type PeersAnswer = RemotePorts | { error: string };

let opened: OpenedPeers | undefined;

process.on('message', async (question: PeersQuestion) => {
  const before = opened;
  opened = undefined;
  // Not awaited: what still stands of the guest before is no matter of the next one's.
  void before?.ended();
  const answer: PeersAnswer = await openPeers(question).then(
    (peers) => {
      opened = peers;
      const { ports, listener } = peers;
      return { ports, ...(listener === undefined ? {} : { listener }) };
    },
    (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }),
  );
  if (process.connected) process.send?.(answer, () => {});
});

// With its peers gone nothing is left that keeps it.
process.on('disconnect', () => void opened?.ended());
