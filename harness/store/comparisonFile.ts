/** Writes and reads comparison.json beside a run. */

import { existsSync } from 'node:fs';
import type { Comparison } from '../contracts/comparison.ts';
import { comparisonSchema } from './comparisonSchema.ts';
import { readJson, shapeTrouble } from './readJson.ts';
import { writeWhole } from './runFile.ts';

/** Writes a comparison as JSON. */
export async function saveComparison(file: string, comparison: Comparison): Promise<void> {
  await writeWhole(file, `${JSON.stringify(comparison, undefined, 1)}\n`);
}

/** Reads a comparison; undefined where there is none. Throws a UserError that names the field for anything else. */
export async function loadComparison(file: string): Promise<Comparison | undefined> {
  if (!existsSync(file)) return undefined;
  const parsed = comparisonSchema.safeParse(await readJson(file));
  if (parsed.success) return parsed.data as Comparison;
  throw shapeTrouble(file, parsed.error);
}
