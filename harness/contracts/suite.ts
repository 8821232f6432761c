/** What a suite is: cases, benchmarks and an inventory for one WASI interface, as data. */

import type { FixtureExpectation } from './fixture.ts';
import type { Need } from './need.ts';
import type { Metric } from './run.ts';
import type { StartPhase } from './runner.ts';
import type { ScriptBuilder, Slot, WasiValue } from './script.ts';
import type { WasiVersion } from './wasi.ts';
import type { World } from './world.ts';

interface ConformanceCaseBase {
  /** Unique in its suite and WASI version, words joined by `-`, after the function: `clock_time_get/bad-id`. */
  id: string;
  wasi: WasiVersion;
  /** What must hold, in one sentence. */
  title: string;
  /** Address of the section of the specification that decides. */
  spec: string;
  /** The probe that runs it, e.g. `probe-p1`, or the fixture. */
  guest: string;
  /** How many times the script runs, each in a process or instance of its own, where `RUN` is its number; 1 when left out. */
  runs?: number;
  /** How many times the usual timeout it may take: more where a call is repeated very often, less where a runtime may hang. */
  patience?: number;
  /** Words to select it by (`--tag`), besides the function that its id names, which stands before the `/`. */
  tags?: string[];
  /** Its files, streams, arguments; nothing of the kind unless given. */
  world?: World;
  /** What not every runner, or not every machine, can give: it is skipped where that is lacking. */
  needs?: readonly Need[];
}

/** A script for a probe, with what is expected of its calls. */
export interface ScriptCase extends ConformanceCaseBase {
  script(s: ScriptBuilder): void;
  fixture?: never;
}

/** A guest that is no probe, with what must come of it; it is given no script. */
export interface FixtureCase extends ConformanceCaseBase {
  fixture: FixtureExpectation;
  script?: never;
}

export type ConformanceCase = ScriptCase | FixtureCase;

/** States which call is timed, once per case; arguments and memory are prepared by the same builder before. */
export interface BenchBuilder
  extends Pick<ScriptBuilder, 'alloc' | 'put' | 'store' | 'fill' | 'let' | 'call' | 'raw'> {
  /** The timed call; with `drop` the resource it makes is dropped inside the loop. */
  time(name: string, args: WasiValue[], options?: { drop?: boolean }): void;
  /** The timed call with core values as they are. */
  timeRaw(name: string, args: (Slot | number | bigint)[], options?: { drop?: boolean }): void;
  /**
   * Several calls timed as one, in this order, where one alone can't be repeated: create and remove, send and receive. The figure is
   * of all of them together.
   */
  cycle(body: (s: CycleBuilder) => void): void;
}

/** What a call within a cycle leaves for later calls of the same round. */
export interface CycleStep {
  /** The core result itself. */
  result: Slot;
  /** What came back: of a preview 1 call with an out pointer, or of a component's result, what lies in memory. */
  value: Slot;
  /** Where a result that comes back through memory lies. */
  area: Slot;
}

/** The calls of one round. Arguments are lowered once, before; what an earlier call of the round gave is read anew each time. */
export interface CycleBuilder {
  call(name: string, ...args: WasiValue[]): CycleStep;
  raw(name: string, args: (Slot | number | bigint)[]): CycleStep;
  /** Drops a handle: `drop('wasi:io/poll#pollable', step.value)`. */
  drop(kind: string, handle: Slot): void;
  /** Adds to the bytes that the round moved, where a call may move less than it was asked to: a throughput counts these. */
  moved(bytes: Slot): void;
}

/** A world with a name: benchmarks of one guest in the same world share their processes. */
export interface BenchWorld extends World {
  id: string;
}

interface PerformanceCaseBase {
  id: string;
  wasi: WasiVersion;
  title: string;
  guest: string;
  /** What its guest finds; nothing unless given. Shared with all benchmarks that name the same world, so none may spoil it for others. */
  world?: BenchWorld;
  /** What not every runner or machine can give: it is not measured where that is lacking. */
  needs?: readonly Need[];
  /** Shown in the short table and measured by the quick profile. */
  headline?: boolean;
  parameters?: Record<string, string | number>;
}

export interface LatencyCase extends PerformanceCaseBase {
  metric: Extract<Metric, 'latency'>;
  /** The operating system's own calls for the same, as `runners/native/floor.rs` names them; nothing where it has none. */
  native?: string;
  bench(s: BenchBuilder): void;
  call?: never;
}

/** A latency without what it shares with others of its suite: WASI version, guest, world. */
export type Bench = Pick<LatencyCase, 'id' | 'title' | 'headline' | 'parameters' | 'bench' | 'native'>;

export interface ThroughputCase extends PerformanceCaseBase {
  metric: Extract<Metric, 'throughput'>;
  /** What one call, or one cycle, moves; at most, where the cycle tells by `moved`. */
  bytesPerCall: number;
  bench(s: BenchBuilder): void;
  call?: never;
}

/**
 * Times an export of the guest, called from the process of a host that holds it as a plug-in: what the call costs, or how many bytes
 * a second go in. The guest is no probe, and exports `control(rounds)`, the probes' control loop, besides.
 */
export interface CallCase extends PerformanceCaseBase {
  metric: Extract<Metric, 'latency' | 'throughput'>;
  call: {
    export: string;
    /** Of the list of bytes that is its only argument. */
    argumentBytes: number;
  };
  bench?: never;
}

/** Times the process itself: no statement is run besides the probe's own beginning and end. */
export interface StartupCase extends PerformanceCaseBase {
  metric: Extract<Metric, 'startup'>;
  /**
   * `first-instruction`: spawn to the probe's first instruction; `exit`: spawn to the process's end; or one phase of it, by the
   * runtime's own clock, where the runner provides `phases`.
   */
  until: 'first-instruction' | 'exit' | { phase: StartPhase };
  /** The guest is no probe and writes no records: all that is asked of it is the exit code 0. Only until `exit`. */
  plain?: true;
  bench?: never;
  call?: never;
}

/** Tells how much memory a process, with all that it started, holds while its guest waits. */
export interface MemoryCase extends PerformanceCaseBase {
  metric: Extract<Metric, 'memory'>;
  /** `peak`: the most that was ever resident; `private`: what is resident and shared with nobody. */
  of: 'peak' | 'private';
  /** Ends with the call that waits for standard input, a pipe that stays open until the process was looked at. */
  wait(s: ScriptBuilder): void;
  bench?: never;
  call?: never;
}

export type PerformanceCase = LatencyCase | ThroughputCase | StartupCase | CallCase | MemoryCase;

/** One way a function can end, by its documentation: every such pair has a case that asserts it or a reason why not. */
export interface InventoryPair {
  wasi: WasiVersion;
  /** e.g. `clock_time_get`, `wasi:io/poll#poll`. */
  function: string;
  /** `ok`, `trap`, or the error's name. */
  outcome: string;
  /** Where the documentation says so. */
  spec: string;
  /** Why no case can assert it. */
  excluded?: string;
}

export interface Suite {
  /** The folder's name under suites/, and what the user types. */
  id: string;
  title: string;
  inventory: InventoryPair[];
  conformance: ConformanceCase[];
  performance: PerformanceCase[];
  /** Functions of the inventory that no latency is of, each with the reason. */
  untimed?: { wasi: WasiVersion; function: string; reason: string }[];
}

/** Types a suite; returns it unchanged. */
export function defineSuite(suite: Suite): Suite {
  return suite;
}
