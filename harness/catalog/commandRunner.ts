/** Makes a runner of a command line that bench.config.ts describes. */

import { join, resolve } from 'node:path';
import type { CommandRunner } from '../contracts/config.ts';
import { UserError } from '../contracts/failure.ts';
import type { Located } from '../contracts/install.ts';
import type { Capability } from '../contracts/run.ts';
import type { DetectTools, Missing, Runner } from '../contracts/runner.ts';
import { WASI_LABEL, WASI_VERSIONS, type WasiVersion } from '../contracts/wasi.ts';
import { namedExecutable } from '../userFiles/namedExecutable.ts';
import { commandClassifier } from './commandEnd.ts';
import { parseTemplate } from './commandTemplate.ts';

/** What stands before a version, in what runtimes answer: `wasmtime 48.0.2 (…)`, `v1.2.3`. */
const VERSION = /\d+\.\d+(?:\.\d+)?[\w.+-]*/;

/**
 * The runner of an entry. Relative paths in its command begin at `folder`, where the configuration lies. Throws a UserError for a template
 * that can't be filled in; `where` is where the entry stands.
 */
export function commandRunner(entry: CommandRunner, folder: string, where: string): Runner {
  const [executable = '', ...rest] = entry.command;
  if (executable === '' || /\{[a-z]+\}/.test(executable))
    throw new UserError(`${where}.command.0 is the executable: a name on PATH or a path such as ./my-rt`);
  const inFolder = (text: string) => (/^\.{1,2}[\\/]/.test(text) ? resolve(folder, text) : text);
  const template = parseTemplate(rest, `${where}.command`, inFolder);
  return {
    id: entry.id,
    name: entry.name ?? entry.id,
    folder: join(folder, 'runners', entry.id),
    capabilities: Object.fromEntries(
      WASI_VERSIONS.map((wasi) => [wasi, capabilityFor(wasi, entry, where)]),
    ) as Record<WasiVersion, Capability>,
    async detect(tools) {
      const located = await locate(tools, entry.id, executable, folder);
      if ('reason' in located) return located;
      const version = entry.version
        ? versionIn(await tools.ask(located.path, entry.version.map(inFolder)))
        : 'unknown';
      return { version, mode: 'command', executable: located.path, source: located.source };
    },
    command: (trial, found) => ({ file: found.executable, args: template(trial) }),
    classify: commandClassifier(entry.traps),
  };
}

function capabilityFor(wasi: WasiVersion, entry: CommandRunner, where: string): Capability {
  if ((entry.wasi as readonly string[]).includes(wasi)) return { support: 'native' };
  return { support: 'none', reason: `${where}.wasi does not list ${WASI_LABEL[wasi]}` };
}

async function locate(
  tools: DetectTools,
  id: string,
  executable: string,
  folder: string,
): Promise<Located | Missing> {
  if (!/[\\/]/.test(executable)) {
    const located = await tools.locate(id, executable);
    return located ?? { reason: `${executable} is not on PATH` };
  }
  return namedExecutable(resolve(folder, executable));
}

/** The version in an answer, or its first line where nothing in it looks like one. */
function versionIn(answer: string): string {
  return (VERSION.exec(answer)?.[0] ?? answer.trim().split('\n')[0]?.slice(0, 80)) || 'unknown';
}
