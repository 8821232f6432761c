/** Peers of timed guests, played by a small process beside: the harness itself does nothing while a guest is timed. */

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { World } from '../../contracts/world.ts';
import { forkOwn } from '../ownChild.ts';
import type { PeersAnswer, PeersQuestion } from './peersChild.ts';

/** What the script needs to know of peers that stand ready. */
export interface RemotePorts {
  ports: Record<string, number>;
  listener?: number;
}

export interface RemotePeers {
  /** Opens a world's peers, those before being over. Throws where a port can't be had, or the process ended. */
  open(world: World): Promise<RemotePorts>;
  /** Ends all of it. */
  close(): void;
}

/** `.ts` in the checkout, `.js` in the built package. */
const CHILD = new URL(import.meta.url.replace(/remotePeers(\.\w+)$/, 'peersChild$1'));

/** A process for peers, started with the first world that has some. */
export function remotePeers(): RemotePeers {
  let child: ChildProcess | undefined;
  return {
    open: async (world) => {
      if (!world.peers && !world.listen) return { ports: {} };
      if (!child?.connected) child = forkOwn(CHILD);
      const answered = Promise.race([
        once(child, 'message').then(([answer]) => answer as PeersAnswer),
        once(child, 'exit').then((): PeersAnswer => ({ error: 'the process that plays peers ended' })),
      ]);
      const { peers, listen } = world;
      const question: PeersQuestion = { ...(peers ? { peers } : {}), ...(listen ? { listen } : {}) };
      child.send(question, () => {});
      const answer = await answered;
      if ('error' in answer) throw new Error(answer.error);
      return answer;
    },
    close: () => {
      if (child?.connected) child.disconnect();
      child = undefined;
    },
  };
}
