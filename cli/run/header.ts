/** Owns what is written down when a run begins, and whether an interrupted one can go on with what there is now. */

import { PLATFORM } from '../../harness/catalog/expectations.ts';
import type { LoadedConfig } from '../../harness/config/load.ts';
import { UserError } from '../../harness/contracts/failure.ts';
import type { Selection } from '../../harness/contracts/selection.ts';
import { describeMachine } from '../../harness/execute/machine.ts';
import type { Parts } from '../../harness/pipeline.ts';
import { newRunId, type RunHeader } from '../../harness/store/runFolder.ts';

/** The header of a run begun now. */
export function newHeader(
  config: LoadedConfig,
  { suites, roster, guests }: Omit<Parts, 'header'>,
  selection: Selection | undefined,
): RunHeader {
  const now = new Date();
  return {
    id: newRunId(now),
    startedAt: now.toISOString(),
    runners: roster.map(({ runner }) => runner.id),
    suites: suites.map(({ id }) => id),
    ...(selection ? { selection } : {}),
    profile: config.profile,
    ...config.settings,
    caseTimeoutMs: config.caseTimeoutMs,
    seed: config.seed,
    machine: describeMachine(process.cwd()),
    platform: PLATFORM,
    found: Object.fromEntries(
      roster.map(({ runner, found, missing }) => [
        runner.id,
        found ?? { missing: missing ?? 'not installed' },
      ]),
    ),
    guests: Object.fromEntries([...guests.values()].map((guest) => [guest.id, guest.hash])),
  };
}

/** A run goes on only with what it began with: figures of two versions must not become one. Throws a UserError. */
export function sameAgain(before: RunHeader, now: RunHeader): void {
  for (const [id, found] of Object.entries(before.found)) {
    const version = (one: typeof found | undefined) =>
      one && 'version' in one ? one.version : 'not installed';
    if (version(found) !== version(now.found[id]))
      throw new UserError(
        `run ${before.id} began with ${id} ${version(found)}, now it is ${version(now.found[id])}: start a new run`,
      );
  }
  for (const [id, hash] of Object.entries(before.guests))
    if (now.guests[id] !== hash)
      throw new UserError(`guest ${id} was rebuilt since run ${before.id} began: start a new run`);
}
