/** Runs a timing block: rounds of fresh processes, one for each arm, in an order seeded anew for each round. */

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { HeldMemory, TimingObservation } from '../contracts/observation.ts';
import type { TimingArm, TimingBlock } from '../contracts/plan.ts';
import type { Command, Found, Runner, Trial } from '../contracts/runner.ts';
import type { World } from '../contracts/world.ts';
import { benchAgain } from '../script/benchScript.ts';
import { type Random, randomFrom } from '../stats/random.ts';
import { shuffle } from '../stats/shuffle.ts';
import { heldWhileWaiting } from './heldMemory.ts';
import { inProcessCommand } from './inProcess/command.ts';
import { type LibcStarter, libcStarter } from './libcProcess.ts';
import { drawCpu, onCpu } from './oneCpu.ts';
import { notStarted, type ProcessResult, runProcess } from './process.ts';
import { scriptArguments } from './scriptArguments.ts';
import { loopback } from './world/ports.ts';
import { type RemotePeers, remotePeers } from './world/remotePeers.ts';
import { openStreams, type Streams } from './world/streams.ts';
import { openWorld } from './world/world.ts';

/** A timed process runs for well under a second; one that takes this long hangs. */
const TIMEOUT_MS = 60_000;

export interface TimingWork {
  block: TimingBlock;
  seed: number;
  /** Throws where the runner's artefact could not be prepared. */
  runnerOf(arm: TimingArm): { runner: Runner; found: Found; artifact: string };
  /** The length of an arm's control loop, 0 where it is not known. */
  loopsOf(arm: TimingArm): number;
  /** Which of the block's arms need more processes, by what has been observed of it. */
  lacking(): TimingArm[];
  scratch: string;
  nonce(): string;
  onDone(observation: TimingObservation): void;
  signal: AbortSignal;
}

/** Runs the block, one process at a time and nothing of ours beside it. */
export async function runTiming(work: TimingWork): Promise<void> {
  await mkdir(work.scratch, { recursive: true });
  const peers = remotePeers();
  // What Node adds to a start matters where the start is what is timed.
  const starter = isOfStarts(work.block) ? await libcStarter() : undefined;
  try {
    await runRounds(work, peers, starter);
  } finally {
    starter?.close();
    peers.close();
  }
}

const isOfStarts = ({ arms }: TimingBlock) =>
  arms.every(({ cases }) => cases.every((one) => one.case.metric === 'startup'));

async function runRounds(
  work: TimingWork,
  peers: RemotePeers,
  starter: LibcStarter | undefined,
): Promise<void> {
  const { block } = work;
  const random = randomFrom(work.seed, block.id);
  const hopeless = new Set<string>();
  for (let round = 0; round < block.mostProcesses; round += 1) {
    // Once each arm has its processes, only those go on that the machine left too few undisturbed ones.
    const wanted = round < block.processes ? block.arms : work.lacking();
    if (wanted.length === 0) return;
    for (const arm of shuffle(wanted, random)) {
      if (work.signal.aborted) return;
      // A process that hung once, or could not be started, would do so each round.
      if (hopeless.has(arm.id)) continue;
      const cpu = arm.oneCpu ? drawCpu(random) : undefined;
      const observation = await runOne(work, arm, {
        round,
        script: passes(arm, random),
        peers,
        starter,
        cpu,
      });
      if (work.signal.aborted) return;
      if (observation.end.timedOut || observation.end.startError) hopeless.add(arm.id);
      work.onDone(observation);
    }
  }
}

/** A process's script: what each benchmark needs, then pass after pass over all of them, each in an order of its own. */
function passes(arm: TimingArm, random: Random): string {
  // Such figures of one process all wait alike.
  if (arm.waits) return arm.cases[0]?.setup.join('\n') ?? '';
  const timed = arm.cases.filter((one) => one.bench !== undefined);
  const rounds = Array.from({ length: timed.length === 0 ? 0 : arm.passes }, () => shuffle(timed, random));
  // After the first pass the probe knows each by its key: a script by argument may not be long.
  const lines = rounds.flatMap((round, pass) =>
    round.map(({ bench = '', key = 0 }) => (pass === 0 ? bench : benchAgain(key))),
  );
  return [...timed.flatMap((one) => one.setup), ...lines].join('\n');
}

interface SeenProcess extends ProcessResult {
  byLibc?: true;
  memory?: HeldMemory;
}

interface OneProcess {
  round: number;
  script: string;
  peers: RemotePeers;
  starter: LibcStarter | undefined;
  cpu: number | undefined;
}

async function runOne(work: TimingWork, arm: TimingArm, one: OneProcess): Promise<TimingObservation> {
  const nonce = work.nonce();
  const result = await resultOf(work, arm, one, nonce).catch(
    (error: unknown): SeenProcess => notStarted(error),
  );
  return {
    kind: 'timing',
    block: work.block.id,
    arm: arm.id,
    runner: arm.runner,
    wasi: arm.wasi,
    round: one.round,
    ...(one.cpu === undefined ? {} : { cpu: one.cpu }),
    ...(result.byLibc ? { byLibc: true as const } : {}),
    ...(result.memory === undefined ? {} : { memory: result.memory }),
    nonce,
    end: result.end,
    beginRealtimeNs: String(result.beginRealtimeNs),
    endRealtimeNs: String(result.endRealtimeNs),
    stderr: result.stderr,
  };
}

async function resultOf(
  work: TimingWork,
  arm: TimingArm,
  { script, cpu, peers, starter }: OneProcess,
  nonce: string,
): Promise<SeenProcess> {
  const { runner, found, artifact } = work.runnerOf(arm);
  const { guest } = arm;
  const world: World = arm.world ?? {};
  const folder = await mkdtemp(join(work.scratch, 'timed-'));
  try {
    const { preopens } = await openWorld(world, folder);
    const { ports, listener } = await peers.open(world);
    const trial: Trial = {
      ...{ guest, artifact, preopens, env: { ...world.env }, network: world.network ?? false },
      args: scriptArguments(script, nonce, work.loopsOf(arm), ports),
      ...(arm.phases ? { phases: true as const } : {}),
      ...(listener === undefined ? {} : { listen: { host: loopback(), port: listener } }),
    };
    const command = arm.inProcess ? inProcessCommand(runner, trial) : runner.command(trial, found);
    work.signal.throwIfAborted();
    const streams = arm.world && (await openStreams(folder, world));
    const kept = cpu === undefined ? command : onCpu(command, cpu);
    if (starter && !streams) return { ...(await starter.run(kept, folder, TIMEOUT_MS)), byLibc: true };
    if (arm.waits && streams) return await runWaiting(kept, folder, streams, script.split('\n').length);
    return await runProcess(kept, folder, TIMEOUT_MS, streams, undefined, true);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Runs a process whose guest waits for its standard input in its last line: it is looked at then, and let go. */
async function runWaiting(
  command: Command,
  folder: string,
  streams: Streams,
  lastLine: number,
): Promise<SeenProcess> {
  let isOver = false;
  let look: Promise<HeldMemory | undefined> = Promise.resolve(undefined);
  const onStart = (pid: number) => {
    look = heldWhileWaiting(pid, folder, lastLine, () => isOver).finally(() => streams.release?.());
  };
  const result = await runProcess(command, folder, TIMEOUT_MS, streams, onStart, true);
  isOver = true;
  const memory = await look;
  return memory === undefined ? result : { ...result, memory };
}
