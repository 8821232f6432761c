/** Decides which benchmarks are compared. */

import { chosenSuites } from '../../harness/catalog/chosen.ts';
import { UserError } from '../../harness/contracts/failure.ts';
import type { PerformanceRecord } from '../../harness/contracts/run.ts';
import type { Selection } from '../../harness/contracts/selection.ts';
import type { Suite } from '../../harness/contracts/suite.ts';
import { globTakes } from '../../harness/naming/globTakes.ts';
import { checkSelection, takesCase } from '../../harness/plan/selection.ts';
import { type SelectionOptions, selectionOf } from '../run/selectionOptions.ts';
import type { Workspace } from '../workspace.ts';

export interface Benchmarks {
  suites: Suite[];
  selection: Selection | undefined;
  /** Whether a stored record is among them, by the names alone: its benchmark may be of another version. */
  takes(record: Pick<PerformanceRecord, 'suite' | 'case' | 'wasi'>): boolean;
}

/**
 * What suites, cases and the profile leave. Benchmarks that are named are measured whether or not the profile has them; throws a UserError
 * where none is left.
 */
export function benchmarkSelection(workspace: Workspace, options: SelectionOptions): Benchmarks {
  const { config, catalog } = workspace;
  const suites = chosenSuites(catalog, config.suites);
  const selection = selectionOf(options);
  if (selection) checkSelection(selection, suites);
  if (options.case) config.settings.only = 'all';
  const { only } = config.settings;
  const isMeasured = ({ headline }: { headline?: boolean }) =>
    only === 'all' || (only === 'headline' && headline);
  if (
    !suites.some(({ id, performance }) =>
      performance.some((one) => isMeasured(one) && takesCase(selection, id, one)),
    )
  )
    throw new UserError(
      only === 'none'
        ? `profile '${config.profile}' measures no benchmarks: choose another by --profile`
        : `no benchmark is left: name others by --case, or more of them by '--profile full' ('wasimeter list benchmarks' shows all)`,
    );
  const ids = new Set(suites.map(({ id }) => id));
  return {
    suites,
    selection,
    takes: ({ suite, case: id, wasi }) =>
      (!config.suites || ids.has(suite)) &&
      (!selection?.wasi || selection.wasi.includes(wasi)) &&
      (!selection?.cases || selection.cases.some((glob) => globTakes(glob, suite, id))),
  };
}
