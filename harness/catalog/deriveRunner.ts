/** Makes a runner of a base runner: one of its modes, one release, or an executable of the user's. */

import type { DetectTools, Found, Missing, Runner, RunnerMode } from '../contracts/runner.ts';
import { unknownWord } from '../userFiles/unknownWord.ts';
import { type RunnerId, runnerIdText } from './runnerId.ts';
import { userExecutable } from './userExecutable.ts';

/** The runner of an id. Throws a UserError where the runtime has no such mode; `where` is where the id stands. */
export function deriveRunner(base: Runner, id: RunnerId, where: string, executable?: string): Runner {
  const mode = id.mode === undefined ? undefined : modeOf(base, id.mode, where);
  const release = id.release ?? base.release;
  const given = executable ?? base.executable;
  const isNamed = id.release === undefined || id.release === base.release;
  const name = isNamed ? base.name : `${base.name} ${id.release}`;
  const { title: _, mode: _kind, lacks: _lacks, ...overrides } = mode ?? { title: '', mode: '' };
  const derived: Runner = {
    ...base,
    ...overrides,
    id: runnerIdText(id),
    runtime: base.runtime ?? base.id,
    name: mode ? `${name}, ${mode.title}` : name,
    ...(release === undefined ? {} : { release }),
    ...(given === undefined ? {} : { executable: given }),
    detect: async (tools) =>
      asAsked(await detectAt(base, tools, given), { mode, release, executable: given }),
  };
  // A warm child runs guests as the base does: another command line or artefact is not for it.
  if (mode?.command || mode?.prepare) delete derived.warm;
  // A mode that was asked for is what all of its trials run in.
  if (mode) delete derived.conformance;
  // Another one brought in would not be the one that the user named.
  if (given !== undefined) delete derived.install;
  return derived;
}

/** Lets a runner find the executable that the user named, and no other. */
async function detectAt(base: Runner, tools: DetectTools, executable: string | undefined) {
  if (executable === undefined) return base.detect(tools);
  const located = await userExecutable(executable);
  if ('reason' in located) return located;
  return base.detect({ ...tools, locate: () => Promise.resolve(located) });
}

function modeOf(base: Runner, name: string, where: string): RunnerMode {
  const modes = base.modes ?? {};
  const mode = Object.hasOwn(modes, name) ? modes[name] : undefined;
  if (!mode) throw unknownWord(`mode of ${base.runtime ?? base.id}`, name, Object.keys(modes), where);
  return mode;
}

interface Asked {
  mode: RunnerMode | undefined;
  release: string | undefined;
  executable: string | undefined;
}

/** What was found, if it is what was asked for: another runtime measured in its place would go unnoticed. */
function asAsked(
  found: Awaited<ReturnType<Runner['detect']>>,
  { mode, release, executable }: Asked,
): Found | Missing {
  if (!('version' in found)) return found;
  if (executable !== undefined && found.executable !== executable)
    return {
      reason: `it can't be given an executable: it is always ${found.source}`,
    };
  // An executable of the user's is taken as it is: `@dev` is but a name then.
  if (executable === undefined && release !== undefined && !isOfRelease(found.version, release))
    return { reason: `${found.source} is version ${found.version}, not ${release}` };
  const lack = mode?.lacks?.(found);
  if (lack !== undefined) return { reason: lack };
  return mode ? { ...found, mode: mode.mode } : found;
}

/** Whether a version is of a release: `48.0.2` is of `48`, `48.0` and `48.0.2`, not of `4`. */
function isOfRelease(version: string, release: string): boolean {
  return version === release || ['.', '-', '+'].some((sign) => version.startsWith(release + sign));
}
