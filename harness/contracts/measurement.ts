/** What the measure stage makes of a run's timing. */

import type { ClockCheck, NoiseRecord, NotMeasured, PerformanceRecord } from './run.ts';

export interface Measurement {
  performance: PerformanceRecord[];
  /** Planned benchmarks that gave no figure, and why. */
  notMeasured: NotMeasured[];
  noise: NoiseRecord[];
  /** By runner. */
  clockChecks: Map<string, ClockCheck[]>;
}
