/** One conformance trial as it is carried out: its world is made, its process started or its warm child told, its folder removed. */

import { mkdirSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from '../contracts/runner.ts';
import type { ProcessLook, World, WorldAfter } from '../contracts/world.ts';
import { type ProcessResult, runProcess } from './process.ts';
import { type ProcessWatch, watchProcess } from './processLook.ts';
import { type WarmChild, warmChild } from './warmChild.ts';
import { type RunningRace, startRace } from './world/race.ts';
import { openStreams } from './world/streams.ts';
import { openWorld } from './world/world.ts';

/** All there is to know of a trial to carry it out: data only, so that another process can do it. */
export interface Order {
  /** For the trial's own files, not there yet; it is removed when the trial ends. */
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

/** What one hand keeps from order to order; whoever made it closes the children. */
export interface Workplace {
  /** Where its files go. */
  scratch: string;
  /** The warm child of each runner id. */
  children: Map<string, WarmChild>;
  /** Where processes run and their output lies; files that are there already cost much less than new ones. */
  folder?: string;
}

/** Carries out an order. Throws where the filesystem can't hold the trial's world. */
export async function carryOut(order: Order, place: Workplace): Promise<TrialResult> {
  const { folder, world, start, timeoutMs } = order;
  const { preopens, outside, stdin, stdout } = world;
  const isNeeded = [preopens, outside, stdin, stdout].some((part) => part !== undefined);
  if (isNeeded) mkdirSync(folder);
  let race: RunningRace | undefined;
  try {
    const opened = await openWorld(world, folder);
    if (world.race) race = await startRace(world.race, opened.preopens[0]?.host ?? folder, timeoutMs);
    const result: ProcessResult & { looks?: ProcessLook[] } =
      'command' in start
        ? await inProcess(start.command, order, place)
        : await (await childOf(start, place)).run(start.message, timeoutMs);
    const swaps = await race?.end();
    if (!order.looks) return result;
    const after = {
      ...opened.look(),
      ...(swaps === undefined ? {} : { swaps }),
      ...(result.stdout ? { stdout: result.stdout } : {}),
      ...(result.looks ? { process: result.looks } : {}),
    };
    return { ...result, after };
  } finally {
    await race?.end();
    // At once: whatever else this process could do meanwhile is the next trial, on the same disk.
    if (isNeeded) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function inProcess(
  command: Command,
  { folder, world, timeoutMs }: Order,
  place: Workplace,
): Promise<ProcessResult & { looks?: ProcessLook[] }> {
  place.folder ??= await mkdtemp(join(place.scratch, 'process-'));
  const streams = await openStreams(folder, world);
  let watched: ProcessWatch | undefined;
  const watch = (pid: number) => {
    if (world.watch) watched = watchProcess(pid);
  };
  const result = await runProcess(command, place.folder, timeoutMs, streams, watch);
  const looks = [...(watched?.end() ?? [])];
  // Whoever was left behind is being ended, but may have those files open still: the next trial gets others.
  if (result.leftBehind || result.end.timedOut || result.end.flooded) {
    rmSync(place.folder, { recursive: true, force: true, maxRetries: 5 });
    delete place.folder;
  }
  return world.watch ? { ...result, looks } : result;
}

async function childOf(
  { runner, child }: Extract<Order['start'], { runner: string }>,
  { children, scratch }: Workplace,
): Promise<WarmChild> {
  const known = children.get(runner);
  if (known) return known;
  const made = warmChild(child, await mkdtemp(join(scratch, 'warm-')));
  children.set(runner, made);
  return made;
}
