/** Folders, stored runs and the command, for the tests of gate, compare and baseline. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadGuests } from '../harness/catalog/guests.ts';
import type { RunResult } from '../harness/contracts/run.ts';
import { describeMachine } from '../harness/execute/machine.ts';
import { fakeRecord, samplesAround } from '../harness/judge/fakeArms.ts';
import { ESTIMATOR } from '../harness/measure/estimator.ts';

const MAIN = fileURLToPath(new URL('../cli/main.ts', import.meta.url));
const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** A folder with these files, removed when the tests are done. */
export function workplace(files: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'wasimeter-gate-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** The command, run to its end in a folder. */
export async function wasimeter(folder: string, ...args: string[]) {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env: { PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}`, HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  const [code] = await once(child, 'close');
  return { code: code as number, ...said };
}

const guestHash = [...loadGuests().values()][0]!.hash;
/** Of today's estimator and guests. */
export const identity = { estimator: ESTIMATOR, scriptHash: 's', guestHash };

/** A stored run of one runner; `times` is what its first benchmark costs. */
export function stored(label: string, times = 1, more: Partial<RunResult> = {}): RunResult {
  const performance = Array.from({ length: 4 }, (_, index) =>
    fakeRecord({
      ...{ suite: 'clocks', case: `call/${index}`, runner: 'node', identity },
      samples: samplesAround(index === 0 ? 100 * times : 100, 80, label, String(index)),
    }),
  );
  const native = { support: 'native' } as const;
  return {
    schema: 'wasimeter/run@1',
    id: label,
    startedAt: '2026-01-01T00:00:00.000Z',
    finishedAt: '2026-01-01T00:01:00.000Z',
    machine: describeMachine(process.cwd()),
    config: { profile: 'quick', suites: ['clocks'], runners: ['node'], processes: 80, seed: 1 },
    runners: [
      {
        ...{ id: 'node', name: 'Node', status: 'measured', version: '1', mode: 'jit' },
        capabilities: { p1: native, p2: { support: 'none' }, p3: { support: 'none' } },
      },
    ],
    ...{ conformance: [], performance, preparations: [], notMeasured: [], noise: [], coverage: [] },
    ...more,
  };
}

export const json = (run: RunResult) => JSON.stringify(run);
export const before = json(stored('before'));
export const slower = json(stored('after', 1.1));
