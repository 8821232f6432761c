/** Owns the list of ways in which `wasi:io/streams` and `wasi:io/error` can end, by their documentation. */

import type { InventoryPair } from '../../harness/contracts/suite.ts';
import {
  BLOCKING_FLUSH,
  BLOCKING_READ,
  BLOCKING_SKIP,
  BLOCKING_SPLICE,
  BLOCKING_WRITE,
  BLOCKING_ZEROES,
  CHECK_WRITE,
  DROP_ERROR,
  DROP_INPUT,
  DROP_OUTPUT,
  FLUSH,
  READ,
  SKIP,
  SPLICE,
  SUBSCRIBE_INPUT,
  SUBSCRIBE_OUTPUT,
  TO_DEBUG_STRING,
  WRITE,
  WRITE_ZEROES,
} from './functions-p2.ts';
import { DEBUG_STRING, DROP, STREAMS } from './spec.ts';

const p2 = (name: string, spec: string, ...outcomes: string[]): InventoryPair[] =>
  outcomes.map((outcome) => ({ wasi: 'p2', function: name, outcome, spec }));

/** What `result<_, stream-error>` can be. */
const STREAM = ['ok', 'closed', 'last-operation-failed'];

export const inventoryP2: InventoryPair[] = [
  ...p2(READ, STREAMS.read, ...STREAM),
  ...p2(BLOCKING_READ, STREAMS.blockingRead, ...STREAM),
  ...p2(SKIP, STREAMS.skip, ...STREAM),
  ...p2(BLOCKING_SKIP, STREAMS.blockingSkip, ...STREAM),
  ...p2(SUBSCRIBE_INPUT, STREAMS.subscribeInput, 'ok'),
  ...p2(CHECK_WRITE, STREAMS.checkWrite, ...STREAM),
  ...p2(WRITE, STREAMS.write, ...STREAM),
  ...p2(WRITE, STREAMS.precondition, 'trap'),
  ...p2(BLOCKING_WRITE, STREAMS.blockingWrite, ...STREAM),
  // "Perform a write of up to 4096 bytes."
  ...p2(BLOCKING_WRITE, STREAMS.blockingWrite, 'trap'),
  ...p2(FLUSH, STREAMS.flush, ...STREAM),
  ...p2(BLOCKING_FLUSH, STREAMS.blockingFlush, ...STREAM),
  ...p2(SUBSCRIBE_OUTPUT, STREAMS.subscribeOutput, 'ok'),
  ...p2(WRITE_ZEROES, STREAMS.writeZeroes, ...STREAM),
  // "Precisely like `write` with the exact same preconditions."
  ...p2(WRITE_ZEROES, STREAMS.writeZeroes, 'trap'),
  ...p2(BLOCKING_ZEROES, STREAMS.blockingZeroes, ...STREAM),
  ...p2(BLOCKING_ZEROES, STREAMS.blockingZeroes, 'trap'),
  ...p2(SPLICE, STREAMS.splice, ...STREAM),
  ...p2(BLOCKING_SPLICE, STREAMS.blockingSplice, ...STREAM),
  ...p2(TO_DEBUG_STRING, DEBUG_STRING, 'ok'),
  ...p2(DROP_INPUT, DROP, 'ok'),
  // "Implementations may trap if the `input-stream` is dropped before all derived `pollable`s".
  ...p2(DROP_INPUT, STREAMS.subscribeInput, 'trap'),
  ...p2(DROP_OUTPUT, DROP, 'ok'),
  ...p2(DROP_OUTPUT, STREAMS.subscribeOutput, 'trap'),
  ...p2(DROP_ERROR, DROP, 'ok'),
];
