/** Prepares all guests of a plan for all runners, once each, and knows what came of it. */

import { type Equipped, forConformance } from '../contracts/conformanceMode.ts';
import type { Guest } from '../contracts/guest.ts';
import type { Observation } from '../contracts/observation.ts';
import type { Plan } from '../contracts/plan.ts';
import type { ExecuteOptions } from './execute.ts';
import { makeGuest } from './generatedGuest.ts';
import { prepareGuest } from './prepared.ts';
import { CompilerRefusal } from './prepareTools.ts';

/** What a guest is prepared for: conformance may run another mode of the runner than timing. */
export type Purpose = 'conformance' | 'timing';

export interface Artifacts {
  /** The runner for that purpose with its artefact of the guest; throws where that could not be prepared, a CompilerRefusal where the compiler refused it. */
  of(runner: string, guest: Guest, purpose: Purpose): Equipped & { artifact: string };
}

interface Wanted extends Equipped {
  guest: Guest;
  /** Whether a figure or a script depends on it; whether a fixture can be prepared is what its case is about. */
  isTold: boolean;
}

/** A runner that fails to prepare a guest fails that guest's trials only. `add` hears what it took, where a reader cares. */
export async function prepareAll(
  plan: Plan,
  options: ExecuteOptions,
  add: (observation: Observation) => void,
): Promise<Artifacts> {
  const made = new Map<string, { path: string } | { error: unknown }>();
  const wanted = wantedBy(plan);
  let done = 0;
  options.progress.phase?.('Preparing guests');
  for (const [key, { runner, found, guest, isTold }] of wanted) {
    options.signal.throwIfAborted();
    if (runner.prepare) options.progress.step(`preparing ${guest.id} for ${runner.id}`, done, wanted.size);
    try {
      if (guest.generated) await makeGuest(guest, guest.generated.sizeBytes);
      const prepared = await prepareGuest(runner, found, guest, options.cacheFolder, !isTold);
      made.set(key, { path: prepared.artifact });
      if (prepared.made && isTold) add(prepared.made);
    } catch (error) {
      made.set(key, { error });
      if (isTold) options.progress.note(`${runner.id}: preparing ${guest.id} failed`);
    }
    done += 1;
  }
  return {
    of: (id, guest, purpose) => {
      const equipped = equippedFor(plan, id, purpose);
      const known = made.get(keyOf(equipped, guest)) ?? { path: guest.file };
      if ('error' in known) throw failure(guest, known.error);
      return { ...equipped, artifact: known.path };
    },
  };
}

function failure(guest: Guest, cause: unknown): Error {
  const said = `preparing ${guest.id} failed: ${cause instanceof Error ? cause.message : String(cause)}`;
  return cause instanceof CompilerRefusal ? new CompilerRefusal(said, { cause }) : new Error(said, { cause });
}

const keyOf = ({ runner }: Equipped, guest: Guest) => `${runner.id} ${guest.id}`;

function wantedBy(plan: Plan): Map<string, Wanted> {
  const wanted = new Map<string, Wanted>();
  const want = (id: string, guest: Guest, purpose: Purpose, told: boolean) => {
    const equipped = equippedFor(plan, id, purpose);
    // What conformance alone uses in another mode is no part of what this runner's figures cost.
    const isTold = told && equipped.runner.id === id;
    const key = keyOf(equipped, guest);
    wanted.set(key, { ...equipped, guest, isTold: isTold || (wanted.get(key)?.isTold ?? false) });
  };
  for (const one of plan.conformance) want(one.runner, one.guest, 'conformance', !one.case.fixture);
  for (const arm of plan.blocks.flatMap((block) => block.arms)) want(arm.runner, arm.guest, 'timing', true);
  return wanted;
}

function equippedFor(plan: Plan, id: string, purpose: Purpose): Equipped {
  const entry = plan.roster.find((one) => one.runner.id === id);
  if (!entry?.found) throw new Error(`the plan names runner '${id}', which is not installed`);
  const { runner, found } = entry;
  return purpose === 'conformance' ? forConformance(runner, found) : { runner, found };
}
