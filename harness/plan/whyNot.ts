/** Owns the reasons for which something is not run on a runner. */

import { NO_TERMINAL, NOT_PROVIDED, type RunnerNeed } from '../contracts/need.ts';
import type { RosterEntry } from '../contracts/plan.ts';
import type { Runner } from '../contracts/runner.ts';
import type { ConformanceCase, PerformanceCase } from '../contracts/suite.ts';
import { WASI_LABEL, type WasiVersion } from '../contracts/wasi.ts';
import type { PlanInput } from './planInput.ts';

/** Why a runner does not run a case; undefined when it does. */
export function whyNotRun(input: PlanInput, entry: RosterEntry, one: ConformanceCase): string | undefined {
  return whyNot(entry, one.wasi) ?? lacking(input, entry, one);
}

/** Why a runner can't run something of that WASI version; undefined when it can. */
export function whyNot(
  { runner, found, missing }: RosterEntry,
  wasi: ConformanceCase['wasi'],
): string | undefined {
  const { support, reason } = runner.capabilities[wasi];
  if (support === 'none') return reason ?? `${runner.name} has no ${WASI_LABEL[wasi]}`;
  if (!found) return `not installed: ${missing ?? 'no reason given'}`;
  return undefined;
}

/** What a case needs and the machine or the runner can't give; undefined when there is nothing. */
function lacking(
  { terminals }: PlanInput,
  { runner }: RosterEntry,
  { needs = [] }: ConformanceCase | PerformanceCase,
): string | undefined {
  if (needs.includes('terminal') && !terminals) return NO_TERMINAL;
  const ofRunner = needs.filter((one): one is RunnerNeed => one !== 'terminal');
  const need = ofRunner.find((one) => !runner.provides?.includes(one));
  return need && `${runner.name} ${NOT_PROVIDED[need]}`;
}

/** Why a runner gives no figure of a benchmark; undefined when it does. */
export function whyNotTimed(input: PlanInput, entry: RosterEntry, one: PerformanceCase): string | undefined {
  if (entry.runner.isFloor) return whyNoFloor(entry, one);
  return (
    whyNot(entry, one.wasi) ??
    (one.call ? whyNotInProcess(entry.runner, one.wasi) : undefined) ??
    lacking(input, entry, one)
  );
}

function whyNoFloor({ found, missing }: RosterEntry, one: PerformanceCase): string | undefined {
  if (!found) return `not installed: ${missing ?? 'no reason given'}`;
  return one.metric === 'latency' && !one.call && one.native !== undefined
    ? undefined
    : 'the operating system has no call of its own for it';
}

function whyNotInProcess({ name, inProcess }: Runner, wasi: WasiVersion): string | undefined {
  if (!inProcess)
    return `${name} is started by its command line: there is no host program that calls into its guests`;
  if ('reason' in inProcess) return inProcess.reason;
  return inProcess.wasi.includes(wasi) ? undefined : inProcess.otherwise;
}
