/** A runner with a fault planted: the same trials, through a child that stands between guest and host. */

import { fileURLToPath } from 'node:url';
import type { Found, Runner, Trial } from '../../harness/contracts/runner.ts';

/**
 * One id for all, so that all faults share a warm child; none planted where `mutant` is undefined. What V8 compiles is kept in
 * `cache`: each fault has children of its own, and most of their start is that.
 */
export function mutantRunner(
  runner: Runner,
  childModule: URL,
  cache: string,
  mutant: string | undefined,
): Runner {
  const { warm } = runner;
  if (!warm) throw new Error(`the runner ${runner.id} has no warm child`);
  const message = (trial: Trial) => ({ ...(warm.message(trial) as object), ...(mutant ? { mutant } : {}) });
  const child = ({ executable }: Found) => ({
    file: executable,
    args: ['--disable-warning=ExperimentalWarning', fileURLToPath(childModule)],
    env: { NODE_COMPILE_CACHE: cache },
  });
  return {
    ...runner,
    id: 'mutant',
    warm: { command: (_artifact, found) => child(found), message },
    command: (trial, found) => {
      // Writing that down takes a while at a process's end, in which output arrives that would have been lost.
      const { file, args } = child(found);
      return { file, args: [...args, JSON.stringify(message(trial))] };
    },
  };
}
