/** What `import … from 'wasimeter'` offers: typed definitions, expectation builders, and the types they speak of. */

export type { BenchmarkComparison, Comparison, Verdict } from './contracts/comparison.ts';
export type {
  BenchConfig,
  CommandRunner,
  Extent,
  GateConfig,
  PathRunner,
  Profile,
  ReportEntry,
  ReporterOptions,
  RunnerEntry,
  Share,
  TrapSigns,
  WaiverEntry,
} from './contracts/config.ts';
export { defineConfig } from './contracts/config.ts';
export type { Expectation, HostSpan, Observed, Said, Seen } from './contracts/expect.ts';
export { err, exits, ok, oneOf, trap } from './contracts/expect.ts';
export { UserError } from './contracts/failure.ts';
export type { FixtureEnd, FixtureExpectation } from './contracts/fixture.ts';
export { ends, refused, traps } from './contracts/fixture.ts';
export type { Guest } from './contracts/guest.ts';
export type { CalledGuest, InProcess, OpenGuest } from './contracts/inProcess.ts';
export type { InstallRecipe, Located } from './contracts/install.ts';
export type { Beside, Reporter, ReportFile } from './contracts/reporter.ts';
export { defineReporter } from './contracts/reporter.ts';
export type {
  Capability,
  ConformanceRecord,
  Metric,
  Outcome,
  PerformanceRecord,
  RunnerRecord,
  RunResult,
  TranscriptLine,
} from './contracts/run.ts';
export type {
  Command,
  DetectTools,
  EndKind,
  Found,
  Missing,
  ProcessEnd,
  Runner,
  RunnerMode,
  Trial,
} from './contracts/runner.ts';
export { defineRunner } from './contracts/runner.ts';
export type { IntegerType, ReallocMode, ScriptBuilder, Slot, Step, WasiValue } from './contracts/script.ts';
export { at, MEMORY_SIZE, RUN } from './contracts/script.ts';
export type {
  BenchBuilder,
  CallCase,
  ConformanceCase,
  FixtureCase,
  InventoryPair,
  LatencyCase,
  MemoryCase,
  PerformanceCase,
  ScriptCase,
  StartupCase,
  Suite,
  ThroughputCase,
} from './contracts/suite.ts';
export { defineSuite } from './contracts/suite.ts';
export type { WasiVersion } from './contracts/wasi.ts';
