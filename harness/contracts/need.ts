/** What a case may need of a runner besides a WASI version, in words where a runner does not provide it. */

/**
 * `listen`: the guest can be handed a socket that listens already, as preview 1 has no call that makes one.
 * `read-only`: a folder can be preopened for reading only.
 */
export type Need = 'listen' | 'read-only';

/** Why a case is skipped, behind the runner's name. */
export const NOT_PROVIDED: Readonly<Record<Need, string>> = {
  listen: 'hands no listening socket to a guest',
  'read-only': 'has no switch to preopen a folder for reading only',
};
