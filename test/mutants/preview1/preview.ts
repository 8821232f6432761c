/** Preview 1: faults planted in node:wasi. */

import type { Preview } from '../preview.ts';
import { allMutants } from './operators.ts';
import { signatures } from './signature.ts';

/** node:wasi can be given no listener and has no sockets: these calls always fail there. */
const ALWAYS_FAILING = ['sock_accept', 'sock_recv', 'sock_send', 'sock_shutdown'];
/** Their only errors are bad pointers, for which no errno is right: they shall trap. */
const NEVER_FAILING = [
  'args_get',
  'args_sizes_get',
  'environ_get',
  'environ_sizes_get',
  'random_get',
  'sched_yield',
];

export const preview1: Preview = {
  wasi: 'p1',
  runner: 'node',
  child: new URL('./child.ts', import.meta.url),
  mutants: () => allMutants(signatures(), ALWAYS_FAILING, NEVER_FAILING),
};
