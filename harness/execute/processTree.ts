/** Ends a process with everything it started: its group, its descendants, and whoever of them went off on their own. */

import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { statFields } from './procFiles.ts';

/**
 * Marks a trial's processes in their environment. A process that called setsid and whose parent is gone is in no group
 * and below no parent of ours, but the environment it was started with still says whose it is.
 */
const TAG = 'WASIMETER_TRIAL';

export interface ProcessTree {
  /** To be added to the environment of the tree's first process. */
  env: Record<string, string>;
  /** The first process has started, or is to be looked for when the tree is to be ended. */
  begin(pid: number | (() => number | undefined)): void;
  /** Ends all of it. */
  end(): void;
  /** The first process has ended: ends whatever it left behind, which would run beside the next trial. True if there was any. */
  sweep(): true | undefined;
}

const running = new Set<ProcessTree>();

/** A tree whose first process is yet to be started. */
export function processTree(): ProcessTree {
  const value = randomBytes(8).toString('hex');
  let first: number | undefined | (() => number | undefined);
  const rootOf = () => (typeof first === 'function' ? first() : first);
  const tree: ProcessTree = {
    env: { [TAG]: value },
    begin: (pid) => {
      first = pid;
      running.add(tree);
    },
    end: () => {
      const root = rootOf();
      if (root !== undefined) endFrom(root, `${TAG}=${value}`, true);
    },
    sweep: () => {
      running.delete(tree);
      const root = rootOf();
      return root !== undefined && endFrom(root, `${TAG}=${value}`, false) ? true : undefined;
    },
  };
  return tree;
}

/** Ends every process that is still running, for an interrupted run. */
export function endAll(): void {
  for (const tree of running) tree.end();
}

/** Kills in rounds until one finds nobody new, and returns whether there was anybody: who was started while the last round looked is found by the next. */
function endFrom(root: number, tag: string, rootToo: boolean): boolean {
  const ended = new Set<number>();
  let hadGroup = false;
  for (;;) {
    const found = [...(rootToo ? [root, ...descendantsOf(root)] : []), ...carriersOf(tag, root)];
    const fresh = found.filter((pid) => !ended.has(pid));
    hadGroup = kill(-root) || hadGroup;
    for (const pid of fresh) {
      ended.add(pid);
      kill(pid);
    }
    if (fresh.length === 0) return hadGroup || ended.size > 0;
  }
}

/** False where it has ended already. */
function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

/** Process ids whose environment holds the tag; none where there is no /proc. */
function carriersOf(tag: string, root: number): number[] {
  return processIds()
    .filter(startedAfter(root))
    .filter((pid) => environmentOf(pid).includes(tag));
}

/** Whether a process id was given out after `root`'s: they are given out in turn, from the lowest again after the highest. */
function startedAfter(root: number): (pid: number) => boolean {
  const last = Number(read('/proc/loadavg').trim().split(' ').at(-1));
  return last >= root ? (pid) => pid > root && pid <= last : (pid) => pid > root || pid <= last;
}

function environmentOf(pid: number): string[] {
  return read(`/proc/${pid}/environ`).split('\0');
}

/** Process ids below `root` by their parents; none where there is no /proc. */
export function descendantsOf(root: number): number[] {
  const parents = new Map<number, number>();
  for (const pid of processIds()) {
    parents.set(pid, Number(statFields(read(`/proc/${pid}/stat`))[1]));
  }
  const found: number[] = [];
  let frontier = [root];
  while (frontier.length > 0) {
    frontier = [...parents].filter(([, parent]) => frontier.includes(parent)).map(([pid]) => pid);
    found.push(...frontier);
  }
  return found;
}

function processIds(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** A file of /proc; empty where its process ended meanwhile or is not ours to read. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
