/** Who carries out trials, one at a time: this process itself, or a small one beside it. */

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { HandAnswer, HandQuestion } from './handChild.ts';
import { carryOut, type Order, type TrialResult, type Workplace } from './order.ts';
import { forkOwn } from './ownChild.ts';

export interface Hand {
  /** Throws where the trial's world can't be made, and where the hand itself fails. */
  carryOut(order: Order): Promise<TrialResult>;
  /** Ends what runs now; its trial is then no observation. */
  end(): void;
  /** Ends everything that was kept from trial to trial. */
  close(): Promise<void>;
}

/** `.ts` in the checkout, `.js` in the built package. */
const CHILD = new URL(import.meta.url.replace(/hand(\.\w+)$/, 'handChild$1'));
/** A hand that is told to close ends its children; one that is stuck is ended itself. */
const CLOSE_MS = 5000;

/** A hand in this process, with its files below `scratch`. */
export function ownHand(scratch: string): Hand {
  const place: Workplace = { scratch, children: new Map() };
  return {
    carryOut: (order) => carryOut(order, place),
    end: () => {},
    close: async () => {
      for (const child of place.children.values()) child.close();
      place.children.clear();
    },
  };
}

/**
 * A hand in a process of its own, started with its first trial. Starting a process copies the page table of the one that starts it:
 * the harness, with all cases and records in memory, takes ten times as long for it as a small process does, and does nothing else
 * meanwhile.
 */
export function remoteHand(scratch: string): Hand {
  let child: ChildProcess | undefined;

  const tell = (question: HandQuestion) => {
    if (child?.connected) child.send(question, () => {});
  };

  return {
    carryOut: async (order) => {
      if (!child?.connected) child = forkOwn(CHILD);
      const hand = child;
      const answered = answerOf(hand);
      tell({ kind: 'order', order, scratch });
      const answer = await answered;
      if (answer === undefined) throw new Error('the process that carries out trials ended');
      if ('error' in answer) throw new Error(answer.error);
      return answer.result;
    },
    end: () => tell({ kind: 'end' }),
    close: async () => {
      const hand = child;
      child = undefined;
      if (!hand || hand.exitCode !== null || hand.signalCode !== null) return;
      const gone = once(hand, 'exit');
      const stuck = setTimeout(() => hand.kill('SIGKILL'), CLOSE_MS);
      if (hand.connected) hand.disconnect();
      await gone;
      clearTimeout(stuck);
    },
  };
}

/** What a hand says next; undefined where it ends before. */
function answerOf(hand: ChildProcess): Promise<HandAnswer | undefined> {
  return new Promise((resolve) => {
    const said = (answer: unknown) => {
      hand.off('message', said).off('exit', ended);
      resolve(answer as HandAnswer | undefined);
    };
    const ended = () => said(undefined);
    hand.once('message', said).once('exit', ended);
    if (hand.exitCode !== null || hand.signalCode !== null) ended();
  });
}
