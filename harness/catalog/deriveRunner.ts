/** Makes a runner of a base runner: one of its modes, one release, or an executable of the user's. */

import type { Found, Missing, Runner, RunnerMode } from '../contracts/runner.ts';
import { type RunnerId, runnerIdText } from '../naming/runnerId.ts';
import { unknownWord } from '../userFiles/unknownWord.ts';

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
    detect: async (tools) => asAsked(await base.detect(tools), mode, given),
  };
  // A warm child runs guests as the base does: another command line or artefact is not for it.
  if (mode?.command || mode?.prepare) delete derived.warm;
  // A mode that was asked for is what all of its trials run in.
  if (mode) delete derived.conformance;
  // Another one brought in would not be the one that the user named.
  if (given !== undefined) delete derived.install;
  return derived;
}

function modeOf(base: Runner, name: string, where: string): RunnerMode {
  const modes = base.modes ?? {};
  const mode = Object.hasOwn(modes, name) ? modes[name] : undefined;
  if (!mode) throw unknownWord(`mode of ${base.runtime ?? base.id}`, name, Object.keys(modes), where);
  return mode;
}

/**
 * What was found, if it is the executable and has the mode asked for: another one measured in its place would go unnoticed. Whether
 * it is the release asked for is found out where all places are looked at (harness/install/roster.ts).
 */
function asAsked(
  found: Found | Missing,
  mode: RunnerMode | undefined,
  executable: string | undefined,
): Found | Missing {
  if (!('version' in found)) return found;
  if (executable !== undefined && found.executable !== executable)
    return {
      reason: `it can't be given an executable: it is always ${found.source}`,
    };
  const lack = mode?.lacks?.(found);
  if (lack !== undefined) return { reason: lack };
  return mode ? { ...found, mode: mode.mode } : found;
}
