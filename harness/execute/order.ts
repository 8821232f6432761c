/** One conformance trial as it is carried out: its world is made, its process started or its warm child told, its folder removed. */

import { mkdirSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from '../contracts/runner.ts';
import type { World, WorldAfter } from '../contracts/world.ts';
import { type ProcessResult, runProcess } from './process.ts';
import { type WarmChild, warmChild } from './warmChild.ts';
import { openStreams } from './world/streams.ts';
import { openWorld } from './world/world.ts';

/** All there is to know of a trial to carry it out: data only, so that another process can do it. */
export interface Order {
  /** The trial's own, not there yet; it is removed when the trial ends. */
  folder: string;
  world: World;
  timeoutMs: number;
  /** Whether the host's side is looked at afterwards. */
  looks: boolean;
  start:
    | { command: Command }
    /** `child` is the command of the runner's warm child, should there be none yet. */
    | { runner: string; child: Command; message: unknown };
}

export type TrialResult = ProcessResult & { after?: WorldAfter };

/**
 * Carries out an order. `children` keeps the warm child of each runner id from order to order, their files below `scratch`; whoever
 * made it closes them. Throws where the filesystem can't hold the trial's world.
 */
export async function carryOut(
  order: Order,
  children: Map<string, WarmChild>,
  scratch: string,
): Promise<TrialResult> {
  const { folder, world, start, timeoutMs } = order;
  mkdirSync(folder);
  try {
    const opened = await openWorld(world, folder);
    const result =
      'command' in start
        ? await runProcess(start.command, folder, timeoutMs, openStreams(folder, world.stdin, world.stdout))
        : await (await childOf(start, children, scratch)).run(start.message, timeoutMs);
    if (!order.looks) return result;
    const { stdout } = result;
    return { ...result, after: { preopens: opened.look(), ...(stdout ? { stdout } : {}) } };
  } finally {
    // At once: whatever else this process could do meanwhile is the next trial, on the same disk.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function childOf(
  { runner, child }: Extract<Order['start'], { runner: string }>,
  children: Map<string, WarmChild>,
  scratch: string,
): Promise<WarmChild> {
  const known = children.get(runner);
  if (known) return known;
  const made = warmChild(child, await mkdtemp(join(scratch, 'warm-')));
  children.set(runner, made);
  return made;
}
