/** The small process that carries out trials for the harness; when the harness is gone, all that it started goes too. */

import { carryOut, type Order, type TrialResult } from './order.ts';
import { endAll } from './processTree.ts';
import type { WarmChild } from './warmChild.ts';

export type HandQuestion = { kind: 'order'; order: Order; scratch: string } | { kind: 'end' };
export type HandAnswer = { result: TrialResult } | { error: string };

const children = new Map<string, WarmChild>();

process.on('message', async (question: HandQuestion) => {
  if (question.kind === 'end') {
    endAll();
    return;
  }
  const answer: HandAnswer = await carryOut(question.order, children, question.scratch).then(
    (result) => ({ result }),
    (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }),
  );
  // Whoever asked may be gone.
  if (process.connected) process.send?.(answer, () => {});
});

process.on('disconnect', () => {
  for (const child of children.values()) child.close();
  endAll();
});
