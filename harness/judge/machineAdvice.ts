/** Owns the advice on a machine that is not as quiet as it could be, in plain words. */

import type { MachineRecord } from '../contracts/run.ts';

/** Processor time that may go to others without a word: below it the control loop shows nothing either. */
const STEAL_OF_NOTE = 0.01;
/** Batches last a thousand steps of the clock: beyond half a microsecond that is more than their usual half millisecond. */
const COARSE_CLOCK_NS = 500;
/** Programs that want a CPU, for each CPU: with more of them the harness and what it starts seldom have one to themselves. */
const LOAD_OF_NOTE = 0.5;

/** What would make measuring on this machine better, the weightiest first; nothing where nothing would. */
export function machineAdvice(machine: MachineRecord): string[] {
  const { noise, governor, clockResolutionNs, cpuQuota, stealShare = 0 } = machine;
  const cpus = machine.allowedCpus ?? machine.cores;
  const advice: [boolean, string][] = [
    [
      noise?.verdict === 'noisy',
      'Less than a quarter of the time was quiet, so many figures would be flagged contaminated: use a dedicated machine or runner, or come back at a calmer hour.',
    ],
    [
      noise?.verdict === 'usable',
      "The machine has slow spells: give the profile more patience in bench.config.ts (profiles: { quick: { patience: 3 } }) or measure with '--profile full', which starts up to four times as many processes to find quiet ones.",
    ],
    [
      machine.loadAverage >= LOAD_OF_NOTE * cpus,
      `The load average is ${machine.loadAverage.toFixed(1)} on ${cpus} CPUs: close other programs, browsers and indexers first.`,
    ],
    [
      stealShare >= STEAL_OF_NOTE,
      `The hypervisor gave ${(100 * stealShare).toFixed(1)}% of the processor time to other machines, which nothing in here can change: use a dedicated one.`,
    ],
    [
      cpuQuota !== undefined && cpuQuota < cpus,
      `A control group grants ${cpuQuota} of ${cpus} CPUs and stops what takes more, in the midst of a batch: measure without a limit (docker run without --cpus).`,
    ],
    [
      governor !== undefined && /\b(?:powersave|ondemand|conservative|schedutil)\b/.test(governor),
      `The CPU frequency governor is ${governor}, so the clock rate follows the load: 'sudo cpupower frequency-set --governor performance' holds it still.`,
    ],
    [
      cpus < 2,
      'There is one CPU only: the harness itself and the system share it with what is measured. Two or more are better.',
    ],
    [
      (clockResolutionNs ?? 0) > COARSE_CLOCK_NS,
      `The clock moves in steps of ${clockResolutionNs} ns, so batches have to last longer; on Linux look at /sys/devices/system/clocksource/clocksource0/current_clocksource, tsc is the finest.`,
    ],
  ];
  return advice.flatMap(([applies, text]) => (applies ? [text] : []));
}
