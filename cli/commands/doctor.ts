/** `wasimeter doctor`: whether measuring works here, how quiet the machine is, and what to do about it. */

import { Command, InvalidArgumentError } from 'commander';
import { chosenRunners } from '../../harness/catalog/chosen.ts';
import { type Diagnosis, diagnose } from '../../harness/diagnosis.ts';
import { hostSenses } from '../../harness/execute/hostWatch.ts';
import { takeLock } from '../../harness/execute/lock.ts';
import { doctorText } from '../doctorText.ts';
import { EXIT } from '../exit.ts';
import { onInterrupt } from '../interrupt.ts';
import { CACHE_FOLDER } from '../paths.ts';
import { shown, terminalOf } from '../terminal.ts';
import { openWorkspace } from '../workspace.ts';

interface DoctorOptions {
  seconds: number;
  json?: boolean;
}

const LONGEST_SECONDS = 60;

const EXAMPLES = `
Examples:
  $ wasimeter doctor
  $ wasimeter doctor --seconds 30     a longer look at the machine's noise
  $ wasimeter doctor --json

Exits 2 when something needed is missing or wrong; a noisy machine is advice only.`;

/** The command with its options. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('look whether measuring works here, and how quiet the machine is')
    .option('--seconds <number>', "how long to watch the machine's noise", parseSeconds, 5)
    .option('--json', 'as JSON')
    .addHelpText('after', EXAMPLES)
    .action(doctor);
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || seconds < 0.05 || seconds > LONGEST_SECONDS)
    throw new InvalidArgumentError(`a number from 0.05 to ${LONGEST_SECONDS}, please.`);
  return seconds;
}

async function doctor(options: DoctorOptions): Promise<void> {
  const { catalog, config } = await openWorkspace();
  const runners = chosenRunners(catalog, config.runners);
  const { signal } = onInterrupt();
  const say = (line: string) => console.error(`wasimeter: ${shown(line)}`);
  let diagnosis: Diagnosis;
  // Nobody's timed process may have our control loop beside it, and ours no timed process.
  const free = await takeLock((holder) => say(`waiting for ${holder}, which is measuring`), signal);
  try {
    if (!options.json) say(`watching the machine for ${options.seconds} s`);
    diagnosis = await diagnose({
      runners,
      cacheFolder: CACHE_FOLDER,
      workFolder: process.cwd(),
      sensesFor: (wasmFile) => hostSenses(wasmFile, 1000 * options.seconds),
      onProgress: say,
      signal,
    });
  } catch (error) {
    if (!signal.aborted) throw error;
    process.exitCode = EXIT.interrupted;
    return;
  } finally {
    free();
  }
  if (options.json) console.log(JSON.stringify(diagnosis, undefined, 2));
  else console.log(doctorText(diagnosis, terminalOf(process.stdout)));
  if (diagnosis.verdict === 'broken') process.exitCode = EXIT.usage;
}
