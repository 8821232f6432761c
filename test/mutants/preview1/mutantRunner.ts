/** The node runner with a fault planted: the same trials, through a child that stands between guest and node:wasi. */

import { fileURLToPath } from 'node:url';
import type { Found, Runner, Trial } from '../../../harness/contracts/runner.ts';

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));

/** One id for all, so that all faults share a warm child; none planted where `mutant` is undefined. */
export function mutantRunner(node: Runner, mutant: string | undefined): Runner {
  const { warm } = node;
  if (!warm) throw new Error('the node runner has no warm child');
  const message = (trial: Trial) => ({ ...(warm.message(trial) as object), ...(mutant ? { mutant } : {}) });
  const child = ({ executable }: Found) => ({
    file: executable,
    args: ['--disable-warning=ExperimentalWarning', CHILD],
  });
  return {
    ...node,
    id: 'mutant',
    warm: { command: (_artifact, found) => child(found), message },
    command: (trial, found) => {
      const { file, args } = child(found);
      return { file, args: [...args, JSON.stringify(message(trial))] };
    },
  };
}
