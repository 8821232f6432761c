/** Keeps a process with all its threads on one CPU, where the system can do that: on Linux by util-linux's `taskset`. */

import { accessSync, constants, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from '../contracts/runner.ts';
import type { Random } from '../stats/random.ts';

/** One of the CPUs that this process may run on; undefined where a process can't be kept on one. */
export function drawCpu(random: Random): number | undefined {
  if (taskset === undefined || allowed.length === 0) return undefined;
  return allowed[Math.floor(random.nextUnit() * allowed.length)];
}

/** The command, kept on that CPU. */
export function onCpu(command: Command, cpu: number): Command {
  if (taskset === undefined) throw new Error('this machine has no taskset');
  // taskset becomes the command: the process started is the one to be ended.
  return { ...command, file: taskset, args: ['-c', String(cpu), command.file, ...command.args] };
}

/** Parses a CPU list as the kernel writes it: `0-3,8`. */
export function parseCpuList(text: string): number[] {
  return text.split(',').flatMap((range) => {
    const [first = '', last = first] = range.trim().split('-');
    if (!/^\d+$/.test(first) || !/^\d+$/.test(last)) return [];
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => Number(first) + index);
  });
}

const taskset = ['/usr/bin/taskset', '/bin/taskset'].find(isExecutable);
const allowed = taskset === undefined ? [] : allowedCpus();

function isExecutable(file: string): boolean {
  try {
    accessSync(path.resolve(file), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** CPUs that this process may run on, from the affinity mask: a container may be given some only. Empty where the system does not tell. */
export function allowedCpus(): number[] {
  try {
    const status = readFileSync('/proc/self/status', 'utf8');
    return parseCpuList(/^Cpus_allowed_list:\s*(.*)$/m.exec(status)?.[1] ?? '');
  } catch {
    return [];
  }
}
