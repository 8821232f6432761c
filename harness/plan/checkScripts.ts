/** Writes all scripts that a plan will hold, so that their mistakes are told before anything is looked for, installed or run. */

import type { Selection } from '../contracts/selection.ts';
import type { Suite } from '../contracts/suite.ts';
import { buildScript } from '../script/builder.ts';
import { takesCase } from './selection.ts';

/** Throws what the first script with a mistake in it throws: a UserError naming file, line and case. */
export function checkScripts(suites: readonly Suite[], selection: Selection | undefined): void {
  for (const suite of suites)
    for (const one of suite.conformance)
      if (takesCase(selection, suite.id, one)) buildScript(one.wasi, one.script);
}
