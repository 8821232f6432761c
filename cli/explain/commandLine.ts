/** Makes the command line that a figure's processes were started by, paths and what changes from one to the next as placeholders. */

import { homedir } from 'node:os';
import type { Guest } from '../../harness/contracts/guest.ts';
import type { Found, Runner, Trial } from '../../harness/contracts/runner.ts';
import type { BenchWorld } from '../../harness/contracts/suite.ts';
import { BARE_ENVIRONMENT } from '../../harness/execute/bareEnvironment.ts';
import { preopenFolder } from '../../harness/standalone/filesScript.ts';
import { repeatCommand } from '../../harness/standalone/repeatCommand.ts';

export interface CommandLine {
  line: string;
  /** What each placeholder in it stands for. */
  placeholders: Record<string, string>;
}

const EXECUTABLE = 'EXECUTABLE';
const ARTIFACT = 'ARTIFACT';

/** The command of a timed process, by the runner's own word. Nothing in it names this machine. */
export function timedCommandLine(
  runner: Runner,
  found: Pick<Found, 'version' | 'mode' | 'source'>,
  {
    guest,
    world,
    isOneCpu,
    isStart,
  }: { guest: Guest; world: BenchWorld | undefined; isOneCpu: boolean; isStart: boolean },
): CommandLine {
  const isPrepared = runner.prepare !== undefined;
  const trial: Trial = {
    guest: { ...guest, file: ARTIFACT },
    artifact: ARTIFACT,
    args: isStart ? ['nonce=NONCE record=live'] : ['nonce=NONCE record=live loops=LOOPS', 'SCRIPT'],
    env: { ...world?.env },
    preopens: (world?.preopens ?? []).map((each, index) => ({
      host: preopenFolder(index),
      guest: each.guest,
      ...(each.readOnly ? { readOnly: true as const } : {}),
    })),
    network: world?.network ?? false,
  };
  const { file, args, env } = runner.command(trial, { ...found, executable: EXECUTABLE });
  const own = { args: args.map(withoutHome), ...(env ? { env } : {}) };
  const kept = isOneCpu
    ? { ...own, file: 'taskset', args: ['-c', 'CPU', withoutHome(file), ...own.args] }
    : { ...own, file: withoutHome(file) };
  return {
    line: repeatCommand(kept, BARE_ENVIRONMENT, world ?? {}),
    placeholders: {
      // The floor's program is what was prepared.
      ...(runner.isFloor
        ? {}
        : {
            [EXECUTABLE]: withoutHome(
              `${runner.name} ${found.version} (${found.mode}), from ${found.source}`,
            ),
          }),
      [ARTIFACT]: isPrepared ? `what the runner prepared of the guest ${guest.id}` : `the guest ${guest.id}`,
      ...(isStart ? {} : { SCRIPT: 'the script below with those of other benchmarks in the same process' }),
      NONCE: "a random word, repeated in the guest's records",
      ...(isStart ? {} : { LOOPS: 'the length of the control loop, found once a run' }),
      ...(isOneCpu ? { CPU: 'one CPU, drawn for each process' } : {}),
      ...(trial.preopens.length > 0
        ? { files: "the benchmark's own files, made anew for each process" }
        : {}),
    },
  };
}

/** A runner of the user's own may name files. */
function withoutHome(word: string): string {
  return word.replaceAll(process.cwd(), 'FOLDER').replaceAll(homedir(), 'HOME');
}
