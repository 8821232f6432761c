/** Owns what starting a program costs, until its first instruction and until the process has ended. */

import type { StartupCase } from '../../harness/contracts/suite.ts';

const PROBES = [
  { wasi: 'p1', guest: 'probe-p1', words: 'a preview 1 module' },
  { wasi: 'p2', guest: 'probe-p2-clocks', words: 'a preview 2 component' },
] as const;

const ENDS = [
  { until: 'first-instruction', words: 'to its first instruction' },
  { until: 'exit', words: 'to the end of the process' },
] as const;

export const performance: StartupCase[] = PROBES.flatMap((probe) =>
  ENDS.map(({ until, words }) => ({
    id: until,
    wasi: probe.wasi,
    title: `From the start of ${probe.words} ${words}`,
    guest: probe.guest,
    metric: 'startup',
    headline: true,
    until,
  })),
);
