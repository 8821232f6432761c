/** What a report format is: a function of one run.json document. */

import type { Comparison } from './comparison.ts';
import type { ReporterOptions } from './config.ts';
import type { RunResult } from './run.ts';

/** One file of a report; `path` is relative to the report's folder. */
export interface ReportFile {
  path: string;
  content: string;
}

/** What there is beside a run. */
export interface Beside {
  /** Of two runners, after `compare` or `gate`. */
  comparison?: Comparison;
}

export interface Reporter {
  /** The folder's name under reports/, and what the user types. */
  id: string;
  title: string;
  /** Renders the run; writes nothing itself. `options` are what the configuration says beside the reporter's name. */
  render(run: RunResult, options?: ReporterOptions, beside?: Beside): Promise<ReportFile[]>;
}

/** Types a reporter; returns it unchanged. */
export function defineReporter(reporter: Reporter): Reporter {
  return reporter;
}
