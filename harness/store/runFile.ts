/** Writes and reads run.json: written beside and renamed, validated when read. */

import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '../contracts/failure.ts';
import { type PassedTranscript, RUN_SCHEMA, type RunResult } from '../contracts/run.ts';
import { readJson, shapeTrouble } from './readJson.ts';
import { runSchema, transcriptSchema } from './runSchema.ts';

/** Writes a file so that a reader sees the old content or the new, never a half. */
export async function writeWhole(file: string, content: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const beside = `${file}.${process.pid}.tmp`;
  await writeFile(beside, content);
  await rename(beside, file);
}

/** Writes a run as JSON. */
export async function saveRun(file: string, run: RunResult): Promise<void> {
  await writeWhole(file, `${JSON.stringify(run, undefined, 1)}\n`);
}

/** Writes the transcripts of passed cases, one JSON line each. */
export async function saveTranscripts(file: string, transcripts: readonly PassedTranscript[]): Promise<void> {
  await writeWhole(file, transcripts.map((one) => `${JSON.stringify(one)}\n`).join(''));
}

/** Reads the transcripts of a run's passed cases; none where the file is not there. A line that is none is passed over. */
export async function loadTranscripts(file: string): Promise<PassedTranscript[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    try {
      const parsed = transcriptSchema.safeParse(JSON.parse(line));
      return parsed.success ? [parsed.data] : [];
    } catch {
      return [];
    }
  });
}

/** Reads a run. Throws a UserError that names the field for anything that is no run of a known schema. */
export async function loadRun(file: string): Promise<RunResult> {
  const json = await readJson(file);
  const named = schemaOf(json);
  if (named !== undefined && named !== RUN_SCHEMA)
    throw new UserError(
      `${file}: schema: it is ${named}, this wasimeter reads ${RUN_SCHEMA}: use the wasimeter that wrote it, or measure again`,
    );
  const parsed = runSchema.safeParse(json);
  if (parsed.success) return parsed.data as RunResult;
  throw shapeTrouble(file, parsed.error);
}

/** The schema that a run of any version calls itself by. */
function schemaOf(json: unknown): string | undefined {
  const { schema } = (json ?? {}) as { schema?: unknown };
  return typeof schema === 'string' && /^wasimeter\/run@\d{1,9}$/.test(schema) ? schema : undefined;
}
