/** Whether a runtime starts a guest at all: a probe with nothing to do, which must end with exit code 0. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadGuests } from '../../harness/catalog/guests.ts';
import type { Guest } from '../../harness/contracts/guest.ts';
import type { Found, Runner } from '../../harness/contracts/runner.ts';
import { prepareGuest } from '../../harness/execute/prepared.ts';
import { runProcess } from '../../harness/execute/process.ts';
import { scriptArguments } from '../../harness/execute/scriptArguments.ts';
import { PREPARED_FOLDER } from '../paths.ts';

const TIMEOUT_MS = 60_000;
const NONCE = 'd0c';

/** Undefined when the probe ended as it should, else what happened instead, in one line. */
export async function startTrouble(runner: Runner, found: Found): Promise<string | undefined> {
  const guest = guestFor(runner);
  if (!guest) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'wasimeter-doctor-'));
  try {
    const { artifact } = await prepareGuest(runner, found, guest, PREPARED_FOLDER);
    const args = scriptArguments('', NONCE);
    const trial = { guest, artifact, args, env: {}, preopens: [], network: false };
    const { end, stderr } = await runProcess(runner.command(trial, found), folder, TIMEOUT_MS);
    if (end.startError) return `${guest.id} could not be started: ${end.startError}`;
    if (end.timedOut) return `${guest.id} did not end within ${TIMEOUT_MS / 1000} s`;
    // Records begin with these; the rest is the runtime's own text.
    const stderrText = stderr.replaceAll(/^[<>!] \{.*$\n?/gm, '');
    const stdoutText = end.stdoutText ?? '';
    const kind = runner.classify({ exitCode: end.exitCode, signal: end.signal, stderrText, stdoutText });
    if (kind.kind === 'exit' && kind.code === 0) return undefined;
    return `${guest.id} ended with ${kind.kind === 'exit' ? `exit code ${kind.code}` : `${kind.kind}: ${kind.message}`}`;
  } catch (error) {
    return `${guest.id} could not be prepared: ${(error as Error).message}`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A probe of the first WASI version that the runner has. */
function guestFor({ capabilities }: Runner): Guest | undefined {
  return [...loadGuests().values()].find(({ wasi }) => capabilities[wasi].support !== 'none');
}
