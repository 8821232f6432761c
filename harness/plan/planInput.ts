/** What a plan is made of, and what is looked up in it. */

import type { Guest } from '../contracts/guest.ts';
import type { RosterEntry } from '../contracts/plan.ts';
import type { Selection } from '../contracts/selection.ts';
import type { ConformanceCase, PerformanceCase, Suite } from '../contracts/suite.ts';
import { takesCase } from './selection.ts';

export interface PlanInput {
  suites: Suite[];
  roster: RosterEntry[];
  guests: Map<string, Guest>;
  only: 'headline' | 'all' | 'none';
  processes: number;
  /** How many times as many processes may be started when the machine disturbs too many. */
  patience: number;
  /** Of each process at least, over all its passes; five a pass unless given. */
  batches?: number | undefined;
  /** A pilot chooses the number of processes, up to so many; there is none without it. */
  upTo?: number | undefined;
  /** How long timing may take, in seconds. */
  timeBudgetS?: number | undefined;
  caseTimeoutMs: number;
  seed: number;
  /** Whether the machine gives pseudo-terminals; not unless given. */
  terminals?: boolean | undefined;
  /** Everything unless given. */
  selection?: Selection | undefined;
}

/** Throws where there is no such guest. */
export function guestOf(input: PlanInput, suite: Suite, one: ConformanceCase | PerformanceCase): Guest {
  const guest = input.guests.get(one.guest);
  if (!guest) throw new Error(`suite '${suite.id}', case '${one.id}': there is no guest '${one.guest}'`);
  return guest;
}

/** Whether the profile asks for a benchmark and the selection takes it. */
export function isChosen({ only, selection }: PlanInput, suite: Suite, one: PerformanceCase): boolean {
  if (!takesCase(selection, suite.id, one)) return false;
  return only === 'all' || (only === 'headline' && one.headline === true);
}
