/** Owns what is written down when a run begins. */

import { PLATFORM } from '../../harness/catalog/expectations.ts';
import type { LoadedConfig } from '../../harness/config/load.ts';
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
  const { cases: _asSelected, ...settings } = config.settings;
  return {
    id: newRunId(now),
    startedAt: now.toISOString(),
    runners: roster.map(({ runner }) => runner.id),
    suites: suites.map(({ id }) => id),
    ...(selection ? { selection } : {}),
    profile: config.profile,
    ...settings,
    caseTimeoutMs: config.caseTimeoutMs,
    seed: config.seed,
    machine: describeMachine(process.cwd()),
    platform: PLATFORM,
    found: Object.fromEntries(
      roster.map(({ runner, found, missing, note }) => [
        runner.id,
        found
          ? { ...found, ...(note === undefined ? {} : { note }) }
          : { missing: missing ?? 'not installed' },
      ]),
    ),
    guests: Object.fromEntries([...guests.values()].map((guest) => [guest.id, guest.hash])),
  };
}
