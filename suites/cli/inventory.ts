/** Owns the list of ways in which the functions about arguments, environment and process can end, by their documentation. */

import type { InventoryPair } from '../../harness/contracts/suite.ts';
import { P1_POINTERS, p1Docs } from './spec.ts';

const p1 = (name: string, outcome: string, spec = p1Docs(name)): InventoryPair => ({
  wasi: 'p1',
  function: name,
  outcome,
  spec,
});

const texts = ['args_get', 'args_sizes_get', 'environ_get', 'environ_sizes_get'].flatMap((name) => [
  p1(name, 'ok'),
  p1(name, 'trap', P1_POINTERS),
]);

/** The text of `proc_raise` refers to POSIX's `raise`, which knows EINVAL; that a host may lack it the errnos say. */
export const inventory: InventoryPair[] = [
  ...texts,
  p1('proc_exit', 'ok'),
  p1('proc_exit', 'trap'),
  p1('proc_raise', 'ok'),
  p1('proc_raise', 'inval', 'https://pubs.opengroup.org/onlinepubs/9799919799/functions/raise.html'),
  p1('proc_raise', 'nosys', p1Docs('errno.nosys')),
  p1('proc_raise', 'notsup', p1Docs('errno.notsup')),
  p1('proc_raise', 'trap', p1Docs('signal')),
  p1('sched_yield', 'ok'),
];
