/** A runner with a fault planted: the same trials, through a child that stands between guest and host. */

import { fileURLToPath } from 'node:url';
import type { Found, Runner, Trial } from '../../harness/contracts/runner.ts';

/** One id for all, so that all faults share a warm child; none planted where `mutant` is undefined. */
export function mutantRunner(runner: Runner, childModule: URL, mutant: string | undefined): Runner {
  const { warm } = runner;
  if (!warm) throw new Error(`the runner ${runner.id} has no warm child`);
  const message = (trial: Trial) => ({ ...(warm.message(trial) as object), ...(mutant ? { mutant } : {}) });
  const child = ({ executable }: Found) => ({
    file: executable,
    args: ['--disable-warning=ExperimentalWarning', fileURLToPath(childModule)],
  });
  return {
    ...runner,
    id: 'mutant',
    warm: { command: (_artifact, found) => child(found), message },
    command: (trial, found) => {
      const { file, args } = child(found);
      return { file, args: [...args, JSON.stringify(message(trial))] };
    },
  };
}
