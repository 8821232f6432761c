/** Times a wasm of the user's own on several runtimes: composes stages as the pipeline does. */

import type { OwnGuest } from './catalog/ownGuest.ts';
import { UserError } from './contracts/failure.ts';
import type { Guest } from './contracts/guest.ts';
import {
  type OwnFailure,
  type OwnProcess,
  type OwnTimes,
  type OwnTrial,
  TIME_SCHEMA,
  type TimeResult,
} from './contracts/ownWasm.ts';
import type { RosterEntry } from './contracts/plan.ts';
import type { Command, Found, Runner } from './contracts/runner.ts';
import type { Progress } from './execute/execute.ts';
import { takeLock } from './execute/lock.ts';
import { type OwnArm, runOwnRounds } from './execute/ownWasm/rounds.ts';
import { type Prepared, prepareGuest } from './execute/prepared.ts';
import { prunePrepared } from './execute/preparedCache.ts';
import { endAll } from './execute/processTree.ts';
import { ownFailure } from './judge/ownEnd.ts';
import { ownFigures, sideBySide } from './measure/ownTimes.ts';
import { whyNot } from './plan/whyNot.ts';

/** Processes whose memory is watched, and which are not timed. */
const WATCHED_RUNS = 5;
/** Programs that do nothing: what of a run is the runtime's start. */
const EMPTY = { module: 'wat-p1-command-once', component: 'wat-p2-command' } as const;

export interface TimeRequest {
  guest: OwnGuest;
  trial: OwnTrial;
  stdinBytes?: number;
  roster: readonly RosterEntry[];
  guests: ReadonlyMap<string, Guest>;
  runs: number;
  seed: number;
  timeoutMs: number;
}

export interface TimeOptions {
  cacheFolder: string;
  scratchFolder: string;
  progress: Progress;
  signal: AbortSignal;
}

/** A runtime that can run the wasm. */
interface Candidate {
  runner: Runner;
  found: Found;
  prepared: Prepared;
  command: Command;
  emptyCommand: Command;
  runs: OwnProcess[];
  startups: OwnProcess[];
  watched: OwnProcess[];
}

/** Measures under the machine's lock. Throws a UserError where no runtime can run the wasm at all. */
export async function timeWasm(request: TimeRequest, options: TimeOptions): Promise<TimeResult> {
  const { guest, trial, roster, runs, seed, stdinBytes } = request;
  const skipped = roster.flatMap((entry) => {
    const reason = whyNot(entry, guest.wasi);
    return reason === undefined ? [] : [{ runner: entry.runner.id, reason }];
  });
  if (skipped.length === roster.length)
    throw new UserError(
      `no runner can run ${guest.name}, which is ${KINDS[guest.kind]}: ${skipped.map(({ runner, reason }) => `${runner}: ${reason}`).join('; ')}`,
    );
  const startedAt = new Date().toISOString();
  const waiting = (holder: string) => options.progress.note(`waiting for ${holder}, which is measuring`);
  const free = await takeLock(waiting, options.signal);
  options.signal.addEventListener('abort', endAll);
  try {
    const failed: OwnFailure[] = [];
    const candidates = await prepareAll(request, options, failed);
    // A cache that can't be tidied up is no reason not to measure.
    await prunePrepared(options.cacheFolder).catch(() => {});
    await measureAll(candidates, request, options, failed);
    options.signal.throwIfAborted();
    const times = candidates
      .filter(({ runner }) => !failed.some((one) => one.runner === runner.id))
      .map((one) => timesOf(one, guest, seed));
    const { name, kind, wasi, hash, sizeBytes } = guest;
    return {
      ...{ schema: TIME_SCHEMA, startedAt, wasm: { name, kind, wasi, hash, sizeBytes }, args: trial.args },
      ...(stdinBytes === undefined ? {} : { stdinBytes }),
      ...{ runs, seed, results: sideBySide(times, seed), failed, skipped },
    };
  } finally {
    options.signal.removeEventListener('abort', endAll);
    free();
  }
}

const KINDS = { module: 'a core module', component: 'a component' } as const;

async function prepareAll(
  { guest, trial, roster, guests }: TimeRequest,
  { cacheFolder, progress, signal }: TimeOptions,
  failed: OwnFailure[],
): Promise<Candidate[]> {
  const empty = guests.get(EMPTY[guest.kind]);
  if (!empty) throw new Error(`there is no guest '${EMPTY[guest.kind]}'`);
  const able = roster.filter((entry) => whyNot(entry, guest.wasi) === undefined);
  const candidates: Candidate[] = [];
  for (const [index, { runner, found }] of able.entries()) {
    signal.throwIfAborted();
    if (!found) continue;
    if (runner.prepare) progress.step(`preparing ${guest.name} for ${runner.id}`, index, able.length);
    const prepare = async () => ({
      idle: await prepareGuest(runner, found, empty, cacheFolder),
      prepared: await prepareGuest(runner, found, guest, cacheFolder),
    });
    // One runner's trouble is no other's.
    const made = await prepare().catch((error: unknown) => ({ error }));
    if ('error' in made) {
      signal.throwIfAborted();
      const reason = made.error instanceof Error ? made.error.message : String(made.error);
      const told = { kind: 'not prepared', reason, stdout: '', stderr: '' } as const;
      failed.push({ runner: runner.id, version: found.version, ...told });
      continue;
    }
    const { idle, prepared } = made;
    const { args, env, preopens } = trial;
    const given = { args, env, preopens, network: false };
    candidates.push({
      ...{ runner, found, prepared, runs: [], startups: [], watched: [] },
      command: runner.command({ guest, artifact: prepared.artifact, ...given }, found),
      emptyCommand: runner.command(
        { guest: empty, artifact: idle.artifact, args: [], env: {}, preopens: [], network: false },
        found,
      ),
    });
  }
  return candidates;
}

/** First a run that only tells whether it ends well, then the timed ones, then those whose memory is watched. */
async function measureAll(
  candidates: readonly Candidate[],
  request: TimeRequest,
  options: TimeOptions,
  failed: OwnFailure[],
): Promise<void> {
  const { guest, trial, runs, seed, timeoutMs } = request;
  const { scratchFolder, progress, signal } = options;
  const hasFailed = ({ runner }: Candidate) => failed.some((one) => one.runner === runner.id);
  const measure = async (
    purpose: string,
    rounds: number,
    into: readonly ('runs' | 'startups' | 'watched')[],
    keeps = true,
  ) => {
    const arms = candidates
      .filter((one) => !hasFailed(one))
      .flatMap((candidate) =>
        into.map((list): OwnArm & { candidate: Candidate; list: typeof list } => ({
          ...{ id: `${candidate.runner.id} ${list}`, candidate, list },
          command: list === 'startups' ? candidate.emptyCommand : candidate.command,
          stdinFile: list === 'startups' ? undefined : trial.stdinFile,
        })),
      );
    let done = 0;
    await runOwnRounds({
      ...{ arms, rounds, seed, purpose, scratchFolder, timeoutMs, signal },
      isWatched: purpose === 'memory',
      onDone: (arm, process) => {
        const { candidate, list } = arms.find(({ id }) => id === arm.id)!;
        done += 1;
        const what = list === 'startups' ? 'an empty program' : guest.name;
        progress.step(`${purpose} of ${what}: ${candidate.runner.id}`, done, arms.length * rounds);
        const failure = ownFailure(candidate.runner, candidate.found.version, process);
        if (failure) {
          const reason = list === 'startups' ? `the empty program: ${failure.reason}` : failure.reason;
          if (!hasFailed(candidate)) failed.push({ ...failure, reason });
        } else if (keeps) candidate[list].push(process);
        return !hasFailed(candidate);
      },
    });
  };
  await measure('first run', 1, ['runs'], false);
  await measure('timing', runs, ['runs', 'startups']);
  await measure('memory', Math.min(runs, WATCHED_RUNS), ['watched']);
}

function timesOf(candidate: Candidate, { wasi }: Guest, seed: number): OwnTimes {
  const { runner, found, prepared, runs, startups, watched } = candidate;
  const { made } = prepared;
  return {
    ...{ runner: runner.id, version: found.version, mode: found.mode },
    support: runner.capabilities[wasi].support,
    ...(made ? { preparation: { durationNs: made.durationNs, isFresh: made.fresh } } : {}),
    ...ownFigures({ runner: runner.id, runs, startups, watched }, seed),
  };
}
