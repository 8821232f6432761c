/** Owns what a bench statement hands over (docs/script-language.md, Bench), and refuses what a guest could not have measured. */

import { z } from 'zod';

/** One bench statement in one process, checked; durations are the guest's own nanoseconds. */
export interface BenchRecord {
  key: number;
  /** Calls in each batch. */
  calls: number;
  /** Durations of the call's batches, in the order run. */
  batchesNs: number[];
  /** Durations of the same loops without the call, each just before its batch. */
  emptyNs: number[];
  /** Durations of the control loop, before each batch and after the last: one more than batches. */
  controlNs: number[];
  /** The bytes that each batch moved, where the bench counted them. */
  movedBytes?: number[];
  /** Rounds of the control loop in each control batch. */
  loops: number;
  /** Greatest common divisor of the differences between the clock's readings; 0 when it never moved. */
  tickNs: number;
  /** Whether the last call returned an error. */
  failed: boolean;
}

/** What was wrong with a record: the field as the guest wrote it, e.g. `batches[3]`, and why it is refused. */
export interface BenchRefusal {
  field: string;
  reason: string;
}

/** The most batches a record may hold. */
export const MOST_BATCHES = 10_000;

/** The probes never put more calls in a batch. */
export const MOST_CALLS = 2 ** 24;

// A safe integer of nanoseconds is 104 days; sums and differences of such durations stay exact enough and finite.
const durationNs = z.number().nonnegative().max(Number.MAX_SAFE_INTEGER);
const positiveInteger = z.number().int().min(1);
// The length is judged before the elements: a long list of rubbish costs one complaint, not one for each element.
const durationsNs = z
  .array(z.unknown())
  .min(1)
  .max(MOST_BATCHES + 1)
  .pipe(z.array(durationNs));

const recordSchema = z
  .object({
    key: z.number().int().nonnegative(),
    calls: positiveInteger.max(MOST_CALLS),
    batches: durationsNs,
    empty: durationsNs,
    control: durationsNs,
    moved: durationsNs.optional(),
    loops: positiveInteger,
    tick: durationNs,
    failed: z.union([z.literal(0), z.literal(1)]),
  })
  .superRefine(({ batches, empty, control, moved }, refuse) => {
    const agree = (field: string, found: number, wanted: number) => {
      if (found === wanted) return;
      refuse.addIssue({
        code: 'custom',
        path: [field],
        message: `holds ${found} numbers, expected ${wanted}`,
      });
    };
    agree('batches', batches.length, Math.min(batches.length, MOST_BATCHES));
    agree('empty', empty.length, batches.length);
    agree('control', control.length, batches.length + 1);
    if (moved) agree('moved', moved.length, batches.length);
  });

/**
 * Returns the bench record that a probe's end record holds, or the first field that cannot be true. The guest is not trusted:
 * it may be any program in any runtime.
 *
 * @param raw the end record, parsed from JSON; fields besides a bench record's (`k`, `n`) are passed over
 */
export function readBenchRecord(raw: unknown): { record: BenchRecord } | { refusal: BenchRefusal } {
  const parsed = recordSchema.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    return { refusal: { field: fieldName(issue.path), reason: issue.message } };
  }
  const { key, calls, batches, empty, control, moved, loops, tick, failed } = parsed.data;
  const durations = {
    ...{ batchesNs: batches, emptyNs: empty, controlNs: control },
    ...(moved ? { movedBytes: moved } : {}),
  };
  return { record: { key, calls, ...durations, loops, tickNs: tick, failed: failed === 1 } };
}

function fieldName(path: readonly PropertyKey[]): string {
  const [field, index] = path;
  if (field === undefined) return 'record';
  return index === undefined ? String(field) : `${String(field)}[${String(index)}]`;
}
