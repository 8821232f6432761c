/** Looks whether measuring can work here, and how well: Node, runtimes, guests, the machine. Composes stages as the pipeline does. */

import { type InspectedGuest, inspectGuests } from './catalog/guests.ts';
import { UserError } from './contracts/failure.ts';
import type { MachineRecord } from './contracts/run.ts';
import type { Runner } from './contracts/runner.ts';
import { type HostSenses, watchHost } from './execute/hostWatch.ts';
import { describeMachine } from './execute/machine.ts';
import { makeRoster } from './install/roster.ts';
import { judgeMachine } from './judge/machine.ts';
import { machineAdvice } from './judge/machineAdvice.ts';
import { OLDEST_NODE } from './userFiles/oldestNode.ts';

export interface RuntimeFinding {
  id: string;
  name: string;
  version?: string;
  mode?: string;
  source?: string;
  /** Why it is not there and what brings it. */
  missing?: string;
  /** Something of the user's own setting is wrong with it. */
  broken?: true;
}

export interface Diagnosis {
  schema: 'wasimeter/doctor@1';
  /** `broken`: something needed is missing or wrong, `problems` says what. */
  verdict: 'usable' | 'broken';
  problems: string[];
  advice: string[];
  node: { version: string; needed: string; supported: boolean };
  runtimes: RuntimeFinding[];
  guests: { id: string; hash: string; problem?: string }[];
  machine: MachineRecord;
  /** Why the noise could not be looked at. */
  noiseFailure?: string;
}

export interface DiagnosisOptions {
  runners: readonly Runner[];
  cacheFolder: string;
  /** Where trials would write. */
  workFolder: string;
  /** How to look at the machine by the control loop of this guest; the caller holds the measuring lock. */
  sensesFor(wasmFile: string): HostSenses;
  /** Hears of cached runtimes that are refused, for instance. */
  onProgress(line: string): void;
  signal: AbortSignal;
  guests?: () => InspectedGuest[];
  nodeVersion?: string;
}

/** Examines without installing or changing anything. */
export async function diagnose(options: DiagnosisOptions): Promise<Diagnosis> {
  const { nodeVersion = process.versions.node } = options;
  const node = { version: nodeVersion, needed: OLDEST_NODE, supported: isNewEnough(nodeVersion) };
  const runtimes = await Promise.all(options.runners.map((runner) => examineRunner(runner, options)));
  const { guests, lockProblem } = examineGuests(options.guests ?? inspectGuests);
  const { machine, noiseFailure } = await examineMachine(guests, options);
  const problems = [
    ...(node.supported ? [] : [`Node ${nodeVersion} is too old: ${OLDEST_NODE} or newer is needed`]),
    ...runtimes.flatMap(({ broken, missing }) => (broken && missing ? [missing] : [])),
    ...(runtimes.some(({ version }) => version) ? [] : ['there is no runtime to measure']),
    ...(lockProblem ? [lockProblem] : []),
    ...guests.flatMap(({ problem }) => problem ?? []),
  ];
  return {
    schema: 'wasimeter/doctor@1',
    verdict: problems.length === 0 ? 'usable' : 'broken',
    problems,
    advice: machineAdvice(machine),
    node,
    runtimes,
    guests: guests.map(({ id, hash, problem }) => ({ id, hash, ...(problem ? { problem } : {}) })),
    machine,
    ...(noiseFailure ? { noiseFailure } : {}),
  };
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldMajor = 0, oldMinor = 0] = OLDEST_NODE.split('.').map(Number);
  return major > oldMajor || (major === oldMajor && minor >= oldMinor);
}

/** One at a time: an executable that the user named and that is none must not hide the other runtimes. */
async function examineRunner(runner: Runner, options: DiagnosisOptions): Promise<RuntimeFinding> {
  const { id, name } = runner;
  try {
    const { cacheFolder: cacheDir, onProgress } = options;
    const [entry] = await makeRoster([runner], { cacheDir, install: false, onProgress });
    if (!entry?.found) return { id, name, missing: entry?.missing ?? 'not installed' };
    const { version, mode, source } = entry.found;
    return { id, name, version, mode, source };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { id, name, missing: error.message, broken: true };
  }
}

function examineGuests(inspect: () => InspectedGuest[]): { guests: InspectedGuest[]; lockProblem?: string } {
  try {
    return { guests: inspect() };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { guests: [], lockProblem: error.message };
  }
}

/** The control loop is a guest's: one that is not as locked is not run. */
async function examineMachine(guests: readonly InspectedGuest[], options: DiagnosisOptions) {
  const guest = guests.find(({ wasi, kind, problem }) => wasi === 'p1' && kind === 'module' && !problem);
  const senses = options.sensesFor(guest?.file ?? '');
  let noiseFailure: string | undefined;
  const noise = async (signal: AbortSignal) => {
    try {
      if (!guest) throw new Error('there is no preview 1 guest whose control loop could be run');
      return await senses.noise(signal);
    } catch (error) {
      noiseFailure = error instanceof Error ? error.message : String(error);
      throw error;
    }
  };
  const machine = describeMachine(options.workFolder);
  const watch = watchHost({ ...senses, noise });
  const begin = await watch.begin(options.signal);
  options.signal.throwIfAborted();
  return { machine: judgeMachine(machine, [begin, watch.end()]), noiseFailure };
}
