/** The small process that carries out trials for the harness; when the harness is gone, all that it started goes too. */

import { carryOut, type Order, type TrialResult, type Workplace } from './order.ts';
import { endAll } from './processTree.ts';

export type HandQuestion = { kind: 'order'; order: Order; scratch: string } | { kind: 'end' };
export type HandAnswer = { result: TrialResult } | { error: string };

let place: Workplace | undefined;

process.on('message', async (question: HandQuestion) => {
  if (question.kind === 'end') {
    endAll();
    return;
  }
  place ??= { scratch: question.scratch, children: new Map() };
  const answer: HandAnswer = await carryOut(question.order, place).then(
    (result) => ({ result }),
    (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }),
  );
  // Whoever asked may be gone.
  if (process.connected) process.send?.(answer, () => {});
});

process.on('disconnect', () => {
  for (const child of place?.children.values() ?? []) child.close();
  endAll();
});
