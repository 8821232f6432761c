/** `wasimeter expectations check`: refuses what is not as it should be, and shows what nobody has explained yet. */

import { Command } from 'commander';
import { checkExpectations } from '../../harness/catalog/checkExpectations.ts';
import { EXIT } from '../exit.ts';
import { openWorkspace } from '../workspace.ts';
import { allExpectations, textOf } from './list.ts';

const EXAMPLES = `
Exits 2 for an entry without reason or link, or about a case that there is not; 1 for drafts of 'expectations update' that
nobody has explained yet.

Examples:
  $ wasimeter expectations check`;

/** The command with its options. */
export function checkCommand(): Command {
  return new Command('check')
    .description('check all expectations: shape, cases, drafts without an explanation')
    .addHelpText('after', EXAMPLES)
    .action(async () => {
      checkExpectations((await openWorkspace()).catalog);
      const all = await allExpectations();
      const drafts = all.filter(({ draft }) => draft);
      for (const draft of drafts) console.log(textOf(draft));
      console.log(`${all.length} expectations, ${drafts.length} of them unexplained`);
      if (drafts.length > 0) process.exitCode = EXIT.unexpected;
    });
}
