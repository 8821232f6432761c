/** Owns what starting a program costs, until its first instruction and until the process has ended. */

import { START_PHASES, type StartPhase } from '../../harness/contracts/runner.ts';
import type { StartupCase } from '../../harness/contracts/suite.ts';

const PROBES = [
  { wasi: 'p1', guest: 'probe-p1', words: 'a preview 1 module' },
  { wasi: 'p2', guest: 'probe-p2-clocks', words: 'a preview 2 component' },
] as const;

const ENDS = [
  { until: 'first-instruction', words: 'to its first instruction' },
  { until: 'exit', words: 'to the end of the process' },
] as const;

const wholes: StartupCase[] = PROBES.flatMap((probe) =>
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

const PHASE_WORDS: Record<StartPhase, string> = {
  boot: 'The host itself until its first line, before',
  read: 'Reading the files of',
  compile: 'Compiling',
  instantiate: 'Instantiating',
  run: 'Running, from its first instruction until it has returned,',
};

const phases: StartupCase[] = PROBES.flatMap((probe) =>
  START_PHASES.map((phase) => ({
    id: `phase/${phase}`,
    wasi: probe.wasi,
    title: `${PHASE_WORDS[phase]} ${probe.words}`,
    guest: probe.guest,
    metric: 'startup',
    needs: ['phases'],
    parameters: { phase },
    until: { phase },
  })),
);

export const performance: StartupCase[] = [...wholes, ...phases];
