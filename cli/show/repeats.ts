/** Makes the command lines that repeat a case on runtimes as they are found here, without wasimeter. */

import type { Guest } from '../../harness/contracts/guest.ts';
import type { RosterEntry } from '../../harness/contracts/plan.ts';
import type { Trial } from '../../harness/contracts/runner.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { BARE_ENVIRONMENT } from '../../harness/execute/bareEnvironment.ts';
import { prepareGuest } from '../../harness/execute/prepared.ts';
import { runBound, withScript } from '../../harness/execute/scriptArguments.ts';
import { preopenFolder } from '../../harness/standalone/filesScript.ts';
import { repeatCommand } from '../../harness/standalone/repeatCommand.ts';
import { PREPARED_FOLDER } from '../paths.ts';

/** Any will do: it is repeated in each record. */
const NONCE = '0';

/**
 * The command line for a folder in which the case's files were made; or why there is none. JavaScript runners are started through what
 * they prepared of the guest, which is kept in the cache.
 */
export async function repeatOn(
  { runner, found, missing }: RosterEntry,
  one: ConformanceCase,
  script: string,
  guest: Guest,
): Promise<{ command: string } | { none: string }> {
  const { support, reason } = runner.capabilities[one.wasi];
  if (support === 'none') return { none: reason ?? `${runner.name} has no ${one.wasi}` };
  if (!found) return { none: missing ?? 'not installed' };
  try {
    const { artifact } = await prepareGuest(runner, found, guest, PREPARED_FOLDER);
    const world = one.world ?? {};
    const trial: Trial = {
      ...{ guest, artifact, network: world.network ?? false },
      ...withScript(world, script, NONCE, runBound(one.runs)),
      preopens: (world.preopens ?? []).map((each, index) => ({
        host: preopenFolder(index),
        guest: each.guest,
        ...(each.readOnly ? { readOnly: true as const } : {}),
      })),
    };
    return { command: repeatCommand(runner.command(trial, found), BARE_ENVIRONMENT, world) };
  } catch (error) {
    return { none: error instanceof Error ? error.message : String(error) };
  }
}
