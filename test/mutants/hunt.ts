/** Hunts a preview's faults: what the unharmed proxy says of each case, and which fault which case finds. */

import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConformanceTrial } from '../../harness/contracts/plan.ts';
import { type Candidate, type Hunter, makeHunter, type Verdict } from './hunter.ts';
import { mutantRunner } from './mutantRunner.ts';
import type { AnyMutant, Preview } from './preview.ts';
import { grounds, nameOf } from './trials.ts';

const ATTEMPTS = 4;
/** What a case of another function is thought to cost more: it is less likely to notice. */
const ELSEWHERE_MS = 30;

export interface Hunted {
  /** Cases on which the unharmed proxy and the bare runner disagree; there should be none. */
  disagreements: { trial: string; bare: string; proxy: string }[];
  /** What found each fault; undefined where nothing did. */
  found: Map<string, string | undefined>;
  /** How many cases could have found it. */
  covering: Map<string, number>;
  /** How long the cases took without a fault, and how long the hunt itself. */
  seconds: { unharmed: number; hunt: number };
}

/** What was seen of a case without a fault, attempt by attempt. */
interface Unharmed {
  bare: Verdict[];
  proxy: Verdict[];
}

/** Hunts the faults with every case that calls their functions. `step` hears of each fault that was hunted. */
export async function hunt(
  preview: Preview,
  mutants: readonly AnyMutant[],
  step: (done: number, total: number) => void,
): Promise<Hunted> {
  const functions = [...new Set(mutants.map((mutant) => mutant.function))];
  const ground = await grounds(preview, ({ script }) =>
    functions.some((name) => script.includes(`${name} `) || script.includes(`${name}\n`)),
  );
  const { runner, trials } = ground;
  const scratch = mkdtempSync(join(tmpdir(), 'wasimeter-mutants-'));
  const harmed = (mutant: string | undefined) =>
    mutantRunner(runner, preview.child, join(scratch, 'compiled'), mutant);
  const hunters = Array.from({ length: availableParallelism() }, () => makeHunter(ground, scratch));
  const started = performance.now();
  try {
    const unharmed = new Map<ConformanceTrial, Unharmed>();
    await shared(hunters, trials, async (trial, { judge }) => {
      const seen: Unharmed = { bare: [], proxy: [] };
      unharmed.set(trial, seen);
      // A case that wavers by itself must not pass for a difference.
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        seen.bare.push(await judge(trial, runner));
        seen.proxy.push(await judge(trial, harmed(undefined)));
        if (seen.bare[0]!.outcome === seen.proxy[0]!.outcome) break;
      }
    });
    await Promise.all(hunters.map(({ close }) => close()));
    const hunting = performance.now();
    // Whatever wavers finds nothing: it fails without a fault as well.
    const passing = trials.filter((trial) => {
      const { bare, proxy } = unharmed.get(trial)!;
      return [...bare, ...proxy].every(({ outcome }) => outcome === 'pass');
    });
    const found: Hunted['found'] = new Map();
    const covering: Hunted['covering'] = new Map();
    await shared(hunters, mutants, async (mutant, { find }) => {
      const cases = inOrder(passing, mutant.function, (trial) => unharmed.get(trial)!.proxy[0]!);
      const by = await find(cases, harmed(mutant.id));
      found.set(mutant.id, by && nameOf(by));
      covering.set(mutant.id, cases.length);
      step(found.size, mutants.length);
    });
    const seconds = {
      unharmed: (hunting - started) / 1000,
      hunt: (performance.now() - hunting) / 1000,
    };
    const disagreements = trials.flatMap((trial) => disagreement(trial, unharmed.get(trial)!));
    return { disagreements, found, covering, seconds };
  } finally {
    await Promise.all(hunters.map(({ close }) => close()));
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Those that call the function, the quickest first, and before them those that are about it. */
function inOrder(
  trials: readonly ConformanceTrial[],
  name: string,
  verdictOf: (trial: ConformanceTrial) => Verdict,
): Candidate[] {
  const short = name.replace(/^.*[#\]]/, '');
  const cost = ({ trial, durationMs }: Candidate) =>
    durationMs + (trial.case.id.startsWith(`${short}/`) ? 0 : ELSEWHERE_MS);
  return trials
    .filter((trial) => verdictOf(trial).covers.includes(name))
    .map((trial) => ({ trial, durationMs: verdictOf(trial).durationMs }))
    .toSorted((a, b) => cost(a) - cost(b));
}

/** Where no attempt came out the same on both. */
function disagreement(trial: ConformanceTrial, { bare, proxy }: Unharmed): Hunted['disagreements'] {
  if (bare.some(({ outcome }) => proxy.some((other) => other.outcome === outcome))) return [];
  const told = ({ outcome, reason }: Verdict) => `${outcome}${reason ? `: ${reason}` : ''}`;
  return [{ trial: nameOf(trial), bare: told(bare[0]!), proxy: told(proxy[0]!) }];
}

/** Each item is done by the first hunter that is free. */
async function shared<Item>(
  hunters: readonly Hunter[],
  items: readonly Item[],
  work: (item: Item, hunter: Hunter) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const drain = async (hunter: Hunter) => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next, hunter);
  };
  await Promise.all(hunters.map(drain));
}
