/** Owns the list of ways in which the random functions can end, by their documentation. */

import { CANONICAL_ABI as ABI } from '../../harness/contracts/abiParams.ts';
import type { InventoryPair } from '../../harness/contracts/suite.ts';
import { BYTES, INSECURE_BYTES, INSECURE_SEED, INSECURE_U64, U64 } from './functions-p2.ts';
import { INSECURE, P1_POINTERS, RANDOM, RANDOM_GET, SEED } from './spec.ts';

const p2 = (name: string, outcome: string, spec: string): InventoryPair => ({
  wasi: 'p2',
  function: name,
  outcome,
  spec,
});

export const inventory: InventoryPair[] = [
  { wasi: 'p1', function: 'random_get', outcome: 'ok', spec: RANDOM_GET },
  { wasi: 'p1', function: 'random_get', outcome: 'trap', spec: P1_POINTERS },
  p2(BYTES, 'ok', RANDOM.bytes),
  p2(BYTES, 'trap', ABI.storing),
  p2(U64, 'ok', RANDOM.u64),
  {
    ...p2(
      U64,
      'trap',
      'https://github.com/WebAssembly/WASI/blob/v0.2.12/proposals/random/README.md#what-should-happen-on-host-platforms-with-weak-or-broken-randomness-apis',
    ),
    excluded:
      'a host may trap where its own source of randomness is broken, which a guest cannot bring about',
  },
  p2(INSECURE_BYTES, 'ok', INSECURE.bytes),
  p2(INSECURE_BYTES, 'trap', ABI.storing),
  p2(INSECURE_U64, 'ok', INSECURE.u64),
  p2(INSECURE_SEED, 'ok', SEED),
  p2(INSECURE_SEED, 'trap', ABI.results),
];
