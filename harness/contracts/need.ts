/** What a case may need besides a WASI version, in words where a runner or the machine does not provide it. */

/**
 * Of a runner. `listen`: the guest can be handed a socket that listens already, as preview 1 has no call that makes one.
 * `read-only`: a folder can be preopened for reading only. `phases`: its process tells what its start consists of.
 */
export type RunnerNeed = 'listen' | 'read-only' | 'phases';

/** `terminal` is the machine's to give: a pseudo-terminal as a standard stream. */
export type Need = RunnerNeed | 'terminal';

/** Why a case is skipped where the machine gives none. */
export const NO_TERMINAL =
  'this machine gives no pseudo-terminal (that takes /dev/ptmx and the script of util-linux)';

/** Why a case is skipped, behind the runner's name. */
export const NOT_PROVIDED: Readonly<Record<RunnerNeed, string>> = {
  listen: 'hands no listening socket to a guest',
  'read-only': 'has no switch to preopen a folder for reading only',
  phases: 'does not tell the phases of its start',
};
