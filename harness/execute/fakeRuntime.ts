/** A runtime for tests: writes the records that a probe would, and misbehaves where the script's `exit` says so. */

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Guest } from '../contracts/guest.ts';
import type { TimingObservation } from '../contracts/observation.ts';
import type { Plan } from '../contracts/plan.ts';
import type { Found, Runner } from '../contracts/runner.ts';
import { type ConformanceCase, defineSuite, type Suite } from '../contracts/suite.ts';
import { makePlan } from '../plan/plan.ts';
import { writeModule } from './testProcesses.ts';
import { runTiming } from './timing.ts';

/** What `exit CODE` makes it do. */
export const MISDEEDS = { hang: 201, flood: 202, silence: 203 };

/** Appends a line for each start to `starts` beside itself, so that a test can count them. */
const PROGRAM = `
import { appendFileSync, readSync, writeSync } from 'node:fs';
const [options, script = ''] = process.argv.slice(2);
const k = /nonce=(\\w+)/.exec(options)[1];
appendFileSync(new URL('starts', import.meta.url), script.replaceAll('\\n', ';') + '\\n');
const say = (mark, record) => writeSync(2, mark + ' ' + JSON.stringify({ k, ...record }) + '\\n');
const clocks = () => ({ mono: String(process.hrtime.bigint()), real: String(BigInt(Date.now()) * 1000000n) });
const deed = Number(/exit (\\d+)/.exec(script)?.[1] ?? 0);
if (deed === 203) process.exit(0);
say('>', { n: 0, probe: 'fake', ...clocks() });
script.split('\\n').forEach((line, index) => {
  if (line.startsWith('call ')) {
    say('>', { n: index + 1 });
    if (line.startsWith('call fd_read')) readSync(0, Buffer.alloc(1));
    say('<', { n: index + 1, r: ['0'], m: [] });
  } else if (line.startsWith('exit ')) {
    say('>', { n: index + 1 });
    if (deed === 201) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    const text = Buffer.alloc(4096, 120);
    while (deed === 202) writeSync(2, text);
    process.exit(deed);
  }
});
say('<', { n: 0, ...clocks() });
`;

export const FAKE_GUEST: Guest = {
  id: 'fake',
  wasi: 'p1',
  kind: 'module',
  file: '/nowhere/fake.wasm',
  hash: 'sha256:00',
};

const found: Found = { version: '1', mode: 'fake', executable: process.execPath, source: 'the test' };

/** The fake runtime as a runner; `changes` replace parts of it. */
export function fakeRunner(folder: string, changes: Partial<Runner> = {}): Runner {
  const program = writeModule(folder, 'runtime.mjs', PROGRAM);
  return {
    id: 'fake',
    name: 'Fake',
    capabilities: { p1: { support: 'native' }, p2: { support: 'none' }, p3: { support: 'none' } },
    detect: () => Promise.resolve(found),
    command: ({ args }) => ({ file: process.execPath, args: [program, ...args] }),
    classify: (end) =>
      end.signal
        ? { kind: 'crash', message: `ended by ${end.signal}` }
        : { kind: 'exit', code: end.exitCode ?? -1 },
    ...changes,
  };
}

/** A case whose script yields once, and then may do what `exit` says. */
export function fakeCase(id: string, exit?: number, runs = 1): ConformanceCase {
  return {
    id,
    wasi: 'p1',
    title: id,
    spec: 'https://example.org/#x',
    guest: 'fake',
    runs,
    script: (s) => {
      s.raw('sched_yield', []);
      if (exit !== undefined) s.exit(exit);
    },
  };
}

/** A suite of such cases. */
export function fakeSuite(cases: ConformanceCase[], performance: Suite['performance'] = []): Suite {
  return defineSuite({ id: 'fakes', title: 'Fakes', inventory: [], conformance: cases, performance });
}

/** The plan of a suite on runners that are all there. */
export function fakePlan(suite: Suite, runners: Runner[], caseTimeoutMs = 60_000): Plan {
  return makePlan({
    suites: [suite],
    roster: runners.map((runner) => ({ runner, found })),
    guests: new Map([['fake', FAKE_GUEST]]),
    only: 'all',
    processes: 2,
    patience: 1,
    caseTimeoutMs,
    seed: 1,
  });
}

/** Times the blocks of a plan whose guests need no preparing, and tells of each process. */
export async function timedIn(folder: string, plan: Plan): Promise<TimingObservation[]> {
  const seen: TimingObservation[] = [];
  for (const block of plan.blocks)
    await runTiming({
      block,
      seed: plan.seed,
      runnerOf: (arm) => {
        const runner = plan.roster.find((entry) => entry.runner.id === arm.runner)?.runner;
        if (!runner) throw new Error(`no runner ${arm.runner}`);
        return { runner, found, artifact: arm.guest.file };
      },
      loopsOf: () => 0,
      lacking: () => [],
      scratch: join(folder, 'scratch'),
      nonce: () => randomBytes(8).toString('hex'),
      onDone: (one) => seen.push(one),
      signal: new AbortController().signal,
    });
  return seen;
}
