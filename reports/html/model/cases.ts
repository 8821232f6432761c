/** Owns how conformance records are grouped: WASI version, then suite, then case, then runner. */

import type { ConformanceRecord, RunResult } from '../../../harness/contracts/run.ts';
import { gravity } from './outcomes.ts';
import { orderWasi } from './roster.ts';

export interface CaseGroup {
  case: string;
  title: string;
  wasi: string;
  suite: string;
  /** The gravest outcome first. */
  records: readonly ConformanceRecord[];
}

export interface SuiteGroup {
  suite: string;
  wasi: string;
  records: readonly ConformanceRecord[];
  /** The case with the gravest outcome first, otherwise in the run's order. */
  cases: readonly CaseGroup[];
}

export interface WasiGroup {
  wasi: string;
  suites: readonly SuiteGroup[];
}

/** Groups the run's conformance records as the page shows them. */
export function groupCases(run: RunResult): WasiGroup[] {
  const byWasi = Map.groupBy(run.conformance, (record) => record.wasi as string);
  return orderWasi(byWasi.keys()).map((wasi) => {
    const bySuite = Map.groupBy(byWasi.get(wasi) ?? [], (record) => record.suite);
    const suites = [...bySuite].map(([suite, records]) => ({
      suite,
      wasi,
      records,
      cases: groupSuite(records),
    }));
    return { wasi, suites };
  });
}

function groupSuite(records: readonly ConformanceRecord[]): CaseGroup[] {
  const groups = [...Map.groupBy(records, (record) => record.case)].map(([name, found]) => {
    const sorted = found.toSorted((a, b) => gravity(a.outcome) - gravity(b.outcome));
    const first = found[0];
    return {
      case: name,
      title: first?.title ?? '',
      wasi: first?.wasi ?? '',
      suite: first?.suite ?? '',
      records: sorted,
    };
  });
  const rank = (group: CaseGroup): number => gravity(group.records[0]?.outcome ?? 'skip');
  return groups.toSorted((a, b) => rank(a) - rank(b));
}
