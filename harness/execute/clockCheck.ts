/** Watches a guest read its clock at both ends of a span, so that its clock can be held against the host's. */

import { mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Guest } from '../contracts/guest.ts';
import type { ClockObservation } from '../contracts/observation.ts';
import type { Found, Runner } from '../contracts/runner.ts';
import { parseRecords, word } from '../script/records.ts';
import { realtimeNs } from './hostClock.ts';
import { readCapped, runProcess } from './process.ts';
import { scriptArguments } from './scriptArguments.ts';

/** The guest is busy for about 250 batches of half a millisecond between the marks: 1 ms of the host's looking is 0.8%, of the 2% that matter. */
const SCRIPTS = {
  p1: ['alloc t 8 8', 'mark', 'bench 0 250 500000 clock_time_get 1 0 $t', 'mark'],
  p2: ['let t 0', 'mark', 'bench 0 250 500000 wasi:clocks/monotonic-clock#now', 'mark'],
};
const [FIRST, BENCH, SECOND] = [2, 3, 4];
const TIMEOUT_MS = 30_000;
const LOOK_MS = 1;

/** The span as both clocks saw it; undefined where the guest did not get through it. */
export async function watchClock(
  { runner, found, artifact }: { runner: Runner; found: Found; artifact: string },
  guest: Guest,
  scratch: string,
  nonce: string,
): Promise<ClockObservation | undefined> {
  if (guest.wasi === 'p3') return undefined;
  await mkdir(scratch, { recursive: true });
  const folder = await mkdtemp(join(scratch, 'clock-'));
  try {
    const args = scriptArguments(SCRIPTS[guest.wasi].join('\n'), nonce);
    const command = runner.command({ guest, artifact, args, env: {}, preopens: [], network: false }, found);
    let over = false;
    const process = runProcess(command, folder, TIMEOUT_MS).finally(() => {
      over = true;
    });
    const [seen, result] = await Promise.all([
      watchMarks(join(folder, 'stderr'), nonce, () => over),
      process,
    ]);
    const { ends } = parseRecords(result.stderr, nonce);
    const begin = word(ends.get(FIRST)?.fields.mono);
    const end = word(ends.get(SECOND)?.fields.mono);
    const first = seen.get(FIRST);
    const second = seen.get(SECOND);
    const { tick, loops } = ends.get(BENCH)?.fields ?? {};
    if (begin === undefined || end === undefined || first === undefined || second === undefined)
      return undefined;
    const longestNs = Number(second.at - first.before);
    const shortestNs = Number(second.before - first.at);
    return {
      kind: 'clock',
      runner: runner.id,
      wasi: guest.wasi,
      guestNs: Number(end - begin),
      hostNs: (longestNs + shortestNs) / 2,
      slackNs: (longestNs - shortestNs) / 2,
      tickNs: countOf(tick),
      loops: countOf(loops),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A number of the guest's, 0 where it is none. */
const countOf = (value: unknown) => (Number.isInteger(value) && Number(value) > 0 ? Number(value) : 0);

/** Between which two looks at the file a mark's record arrived, by the host's clock. */
interface Arrival {
  before: bigint;
  at: bigint;
}

async function watchMarks(file: string, nonce: string, over: () => boolean): Promise<Map<number, Arrival>> {
  const seen = new Map<number, Arrival>();
  const handle = await open(file, 'r');
  try {
    let before = realtimeNs();
    while (seen.size < 2) {
      const last = over();
      const looked = realtimeNs();
      const { ends } = parseRecords(readCapped(handle.fd, 0), nonce);
      const at = realtimeNs();
      for (const line of [FIRST, SECOND])
        if (ends.has(line) && !seen.has(line)) seen.set(line, { before, at });
      if (last) break;
      before = looked;
      await wait(LOOK_MS);
    }
  } finally {
    await handle.close();
  }
  return seen;
}
