/** The folder of a run under out/runs/: what it was asked to do, its journal, its result. */

import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { UserError } from '../contracts/failure.ts';
import type { MachineRecord } from '../contracts/run.ts';
import type { Selection } from '../contracts/selection.ts';
import { writeWhole } from './runFile.ts';
import { selectionSchema } from './runSchema.ts';

/** What a run was asked to do and with what: enough to resume it or to judge its journal again. */
export interface RunHeader {
  id: string;
  startedAt: string;
  runners: string[];
  suites: string[];
  /** Everything in these suites unless given. */
  selection?: Selection;
  profile: string;
  only: 'headline' | 'all' | 'none';
  processes: number;
  patience: number;
  batches?: number;
  /** Where a pilot chose the number of processes: at most so many. */
  upTo?: number;
  timeBudgetS?: number;
  caseTimeoutMs: number;
  seed: number;
  /** The command that began it, where it was another than `run`: only that one knows how to go on. */
  purpose?: 'compare' | 'gate' | 'bisect';
  machine: MachineRecord;
  /** Node's names of system and processor, `linux-x64`; absent from runs of before it was written down. */
  platform?: string;
  /** Whether the machine gives pseudo-terminals; absent from runs of before any case needed one. */
  terminals?: boolean;
  /** By runner id. */
  found: Record<
    string,
    | { version: string; mode: string; source: string; executable: string; sha256?: string; note?: string }
    | { missing: string }
  >;
  /** By guest id. */
  guests: Record<string, string>;
}

const foundSchema = z.union([
  z.object({
    version: z.string(),
    mode: z.string(),
    source: z.string(),
    executable: z.string(),
    sha256: z.string().optional(),
    note: z.string().optional(),
  }),
  z.object({ missing: z.string() }),
]);

const headerSchema = z.object({
  id: z.string().regex(/^[\w-]+$/),
  startedAt: z.iso.datetime(),
  runners: z.array(z.string()),
  suites: z.array(z.string()),
  selection: selectionSchema.optional(),
  profile: z.string(),
  only: z.enum(['headline', 'all', 'none']),
  processes: z.int().min(1).max(10_000),
  patience: z.number().min(1).max(100),
  batches: z.int().min(1).max(10_000).optional(),
  upTo: z.int().min(1).max(10_000).optional(),
  timeBudgetS: z.number().positive().optional(),
  caseTimeoutMs: z.number().positive(),
  seed: z.int().min(0),
  purpose: z.enum(['compare', 'gate', 'bisect']).optional(),
  machine: z.looseObject({ os: z.string() }),
  platform: z.string().optional(),
  terminals: z.boolean().optional(),
  found: z.record(z.string(), foundSchema),
  guests: z.record(z.string(), z.string()),
});

export interface RunFolder {
  path: string;
  journal: string;
  result: string;
  transcripts: string;
  /** What two of its runners came to side by side; beside runs of `compare` and `gate` only. */
  comparison: string;
  scratch: string;
}

/** The files of a run's folder. */
export function runFolder(path: string): RunFolder {
  return {
    path,
    journal: join(path, 'journal.ndjson'),
    result: join(path, 'run.json'),
    transcripts: join(path, 'transcripts.ndjson'),
    comparison: join(path, 'comparison.json'),
    scratch: join(path, 'scratch'),
  };
}

/** An id for a run begun now: its time, and the process so that two never meet. */
export function newRunId(now: Date): string {
  return `${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}-${process.pid}`;
}

/** Makes a run's folder with its header. */
export async function createRunFolder(path: string, header: RunHeader): Promise<RunFolder> {
  await mkdir(path, { recursive: true });
  await writeWhole(join(path, 'header.json'), `${JSON.stringify(header, undefined, 1)}\n`);
  return runFolder(path);
}

/** Reads a run's header. Throws a UserError where the folder is no run's. */
export async function readHeader(path: string): Promise<RunHeader> {
  const file = join(path, 'header.json');
  if (!existsSync(file)) throw new UserError(`${path} is no run's folder: it has no header.json`);
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const parsed = headerSchema.safeParse(json);
  if (parsed.success) return parsed.data as unknown as RunHeader;
  const issue = parsed.error.issues[0];
  throw new UserError(`${file}: ${issue?.path.join('.')}: ${issue?.message}`);
}

/** Ids of the runs under a folder, the oldest first. */
export async function listRuns(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const names = await readdir(folder, { withFileTypes: true });
  return names
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}
