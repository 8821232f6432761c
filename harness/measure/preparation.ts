/** Turns what preparing guests took into figures. */

import type { Observation } from '../contracts/observation.ts';
import type { Plan } from '../contracts/plan.ts';
import type { PerformanceRecord } from '../contracts/run.ts';

/** How long each runner's preparation of each guest took: one sample, since what is made is kept. */
export function preparationRecords(plan: Plan, observations: readonly Observation[]): PerformanceRecord[] {
  const last = new Map<string, PerformanceRecord>();
  for (const one of observations) {
    if (one.kind !== 'prepare') continue;
    const what = plan.roster.find((entry) => entry.runner.id === one.runner)?.runner.preparation;
    const timed = plan.blocks.flatMap((block) => block.arms).find((arm) => arm.guest.id === one.guest);
    if (!what || !timed) continue;
    last.set(`${one.runner} ${one.guest}`, {
      suite: 'startup',
      case: `prepare/${one.guest}`,
      wasi: timed.wasi,
      runner: one.runner,
      title: `${what} ${one.guest} once, before anything is started`,
      metric: 'startup',
      unit: 'ns',
      better: 'lower',
      parameters: { guest: one.guest, phase: 'prepare' },
      headline: false,
      ...{ value: one.durationNs, ciLow: one.durationNs, ciHigh: one.durationNs },
      samples: [one.durationNs],
      rounds: 1,
      flags: [],
      identity: { estimator: 'single/1', scriptHash: 'none', guestHash: timed.guest.hash },
    });
  }
  return [...last.values()];
}
