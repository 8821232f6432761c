/** `wasimeter runtimes list`: what there is of each runtime, where it stands, and how to get what is not there. */

import { Command } from 'commander';
import { type Inventory, takeInventory } from '../../harness/install/inventory.ts';
import { mebibytes, PLACES, runtimes } from './chosen.ts';

const EXAMPLES = `
Examples:
  $ wasimeter runtimes list
  $ wasimeter runtimes list --json`;

/** The command with its options. */
export function listCommand(): Command {
  return new Command('list')
    .description('runtimes with their versions: what is installed and where, and how to get the others')
    .option('--json', 'as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async ({ json }: { json?: boolean }) => {
      const runners = await runtimes();
      const inventories = await Promise.all(runners.map((runner) => takeInventory(runner, PLACES)));
      console.log(
        json ? JSON.stringify(inventories.map(asJson), undefined, 2) : inventories.map(asText).join('\n'),
      );
    });
}

function asJson({ runner, defaultVersion, installed, absent, missing, anyVersion }: Inventory) {
  const used = usedOf(installed);
  return {
    id: runner.id,
    name: runner.name,
    ...(defaultVersion === undefined ? {} : { defaultVersion }),
    known: runner.install?.known.map(({ version }) => version) ?? [],
    anyVersion,
    // Paths are the user's own and stay out.
    installed: installed.map(({ found, ...one }) => ({
      ...one,
      used: used !== undefined && found === used.found && one.source === used.source,
    })),
    absent,
    ...(missing === undefined ? {} : { missing }),
  };
}

function asText({ runner, installed, absent, missing, anyVersion }: Inventory): string {
  const used = usedOf(installed);
  const lines = installed.map((one) => {
    const words = [
      (one.version ?? '?').padEnd(8),
      one.source,
      ...(one.bytes === undefined ? [] : [mebibytes(one.bytes)]),
      ...(one === used ? ['in use'] : []),
      ...(one.trouble === undefined ? [] : [`${one.refused ? 'REFUSED' : 'BROKEN'}: ${one.trouble}`]),
    ];
    return `  ${words.join('  ')}`;
  });
  const others = absent.map(({ version, get }) => `  ${version.padEnd(8)}  not installed: ${get}`);
  const any = anyVersion
    ? [`  any other official release: wasimeter runtimes install ${runner.id}@VERSION`]
    : [];
  if (installed.length === 0 && absent.length === 0)
    lines.push(`  not installed${missing === undefined ? '' : `: ${missing}`}`);
  return [`${runner.id} (${runner.name})`, ...lines, ...others, ...any].join('\n');
}

/** What a bare id takes. */
const usedOf = (installed: Inventory['installed']) =>
  // A runtime that the user names is taken or fails; nothing takes its place.
  installed[0]?.where === 'named' ? installed[0] : installed.find(({ trouble }) => trouble === undefined);
