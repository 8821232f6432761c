/** Writes and reads run.json: written beside and renamed, validated when read. */

import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '../contracts/failure.ts';
import type { PassedTranscript, RunResult } from '../contracts/run.ts';
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
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UserError(`${file} cannot be read as JSON: ${(error as Error).message}`, { cause: error });
  }
  const polluting = pathOfProto(json);
  if (polluting) throw new UserError(`${file}: ${polluting}: a field of this name is never a run's`);
  const parsed = runSchema.safeParse(json);
  if (parsed.success) return parsed.data as RunResult;
  const issue = parsed.error.issues[0];
  throw new UserError(
    `${file}: ${issue?.path.join('.') || 'the document'}: ${issue?.message ?? 'not as it should be'}`,
  );
}

/** Where a document has a field `__proto__`, which whoever copies it field by field would take for the prototype. */
function pathOfProto(json: unknown): string | undefined {
  const open: { value: unknown; path: string }[] = [{ value: json, path: '' }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    for (const [name, value] of Object.entries(next.value)) {
      const path = next.path ? `${next.path}.${name}` : name;
      if (name === '__proto__') return path;
      open.push({ value, path });
    }
  }
  return undefined;
}
