/** Describes the machine a run is made on, without naming it or its user. */

import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, release, totalmem, type } from 'node:os';
import { resolve } from 'node:path';
import type { MachineRecord } from '../contracts/run.ts';
import { allowedCpus } from './oneCpu.ts';
import { processorFacts } from './processorFacts.ts';

/** The machine as it is now; `folder` is where trials write. */
export function describeMachine(folder: string): MachineRecord {
  const processors = cpus();
  const allowed = allowedCpus();
  return {
    os: osName(),
    kernel: release(),
    arch: arch(),
    cpuModel: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    memoryBytes: totalmem(),
    filesystem: filesystemOf(resolve(folder)),
    node: process.versions.node,
    loadAverage: loadavg()[0] ?? 0,
    harness: (
      JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
    ).version,
    ...(allowed.length > 0 ? { allowedCpus: allowed.length } : {}),
    ...processorFacts(allowed.length > 0 ? allowed : processors.keys().toArray()),
  };
}

function osName(): string {
  try {
    const name = /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
    return name ?? type();
  } catch {
    return type();
  }
}

/** The type of the filesystem a folder is on, by the longest mount point above it. */
function filesystemOf(folder: string): string {
  try {
    const mounts = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .flatMap((line) => {
        const [, point, kind] = line.split(' ');
        return point && kind ? [{ point, kind }] : [];
      })
      .filter(({ point }) => point === '/' || folder === point || folder.startsWith(`${point}/`));
    return mounts.toSorted((a, b) => b.point.length - a.point.length)[0]?.kind ?? 'unknown';
  } catch {
    return 'unknown';
  }
}
