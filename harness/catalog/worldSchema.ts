/** The shape of a case's world, as a user may have written it. */

import * as z from 'zod';
import type { Preopen, World } from '../contracts/world.ts';

/** Every field of a contract and no other: what is missing here fails to compile. */
export type Fields<Contract> = { [Field in keyof Required<Contract>]: z.ZodType };

const content = z.union([z.string(), z.instanceof(Uint8Array)]);

const preopen = z.strictObject({
  guest: z.string().min(1),
  // Thousands of entries are no exception; each is checked when it is made.
  entries: z.record(z.string(), z.unknown()).optional(),
  readOnly: z.literal(true).optional(),
} satisfies Fields<Preopen>);

const stdin = z.union([
  z.enum(['null', 'closed', 'endless']),
  z.strictObject({ kind: z.literal('file'), content }),
  z.strictObject({ kind: z.literal('pipe'), content, stays: z.literal(true).optional() }),
  z.strictObject({ kind: z.literal('terminal'), content: z.string() }),
]);

export const worldSchema = z.strictObject({
  preopens: z.array(preopen).optional(),
  outside: z.record(z.string(), z.unknown()).optional(),
  inherits: z.string().min(1).optional(),
  race: z.strictObject({ swap: z.tuple([z.string().min(1), z.string().min(1)]) }).optional(),
  args: z.array(z.string()).optional(),
  env: z.record(z.string(), z.string()).optional(),
  stdin: stdin.optional(),
  stdout: z.enum(['file', 'pipe', 'slow-pipe', 'closed-pipe', 'terminal', 'sink']).optional(),
  network: z.boolean().optional(),
  listen: z.literal(true).optional(),
  watch: z.literal(true).optional(),
  // Checked when they are opened.
  peers: z.array(z.looseObject({})).optional(),
} satisfies Fields<World>);
