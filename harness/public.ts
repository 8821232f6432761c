/** What `import … from 'wasimeter'` offers: typed definitions, expectation builders, and the types they speak of. */

export type { BenchConfig, Profile } from './contracts/config.ts';
export { defineConfig } from './contracts/config.ts';
export type { Expectation } from './contracts/expect.ts';
export { err, exits, ok, oneOf, trap } from './contracts/expect.ts';
export type { Guest } from './contracts/guest.ts';
export type { Reporter, ReportFile } from './contracts/reporter.ts';
export { defineReporter } from './contracts/reporter.ts';
export type { RunResult } from './contracts/run.ts';
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
export type { BenchBuilder, ConformanceCase, PerformanceCase, Suite } from './contracts/suite.ts';
export { defineSuite } from './contracts/suite.ts';
