/** `wasimeter runtimes doctor`: whether what is installed is what was installed, answers, and starts a guest. */

import { Command } from 'commander';
import type { Found, Runner } from '../../harness/contracts/runner.ts';
import { type Installed, takeInventory } from '../../harness/install/inventory.ts';
import { howToGet } from '../../harness/install/roster.ts';
import { satisfies } from '../../harness/naming/release.ts';
import { EXIT } from '../exit.ts';
import { apart } from './apart.ts';
import { type Chosen, chosenRuntimes, PLACES, runtimes } from './chosen.ts';
import { startTrouble } from './startCheck.ts';

interface Diagnosis {
  id: string;
  version?: string;
  source?: string;
  verdict: 'sound' | 'broken' | 'not installed';
  trouble?: string;
  /** What to do. */
  advice?: string;
}

const EXAMPLES = `
For each: its files against the SHA-256 they were installed with, its answer to --version, and a probe that must end with exit code 0.

Examples:
  $ wasimeter runtimes doctor                      all that is installed
  $ wasimeter runtimes doctor wasmtime@48 --json`;

/** The command with its options. Exits 2 when something is broken, or named and not installed. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check what is installed: files, answer, and whether a guest starts')
    .argument('[runtimes...]', 'e.g. wasmtime, wasmtime@48; all without it')
    .option('--json', 'as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (texts: string[], { json }: { json?: boolean }) => {
      const chosen =
        texts.length > 0
          ? await chosenRuntimes(texts)
          : (await runtimes()).map((runner) => ({ text: runner.id, runner }));
      const list: Diagnosis[] = [];
      // One after another: two runtimes that start at once could slow each other past the time limit.
      for (const one of chosen) list.push(...(await diagnose(one)));
      console.log(json ? JSON.stringify(list, undefined, 2) : list.map(asText).join('\n'));
      const bad = list.some(
        ({ verdict }) => verdict === 'broken' || (verdict === 'not installed' && texts.length > 0),
      );
      if (bad) process.exitCode = EXIT.usage;
    });
}

async function diagnose({ text, runner, release }: Chosen): Promise<Diagnosis[]> {
  const asked =
    release === undefined
      ? runner
      : { ...runner, id: `${runner.id}@${release}`, runtime: runner.id, release };
  const { installed, missing } = await takeInventory(asked, PLACES);
  // A version that is unknown because it does not answer is looked at all the same.
  const meant = installed.filter(({ version }) => version === undefined || satisfies(version, release));
  if (meant.length === 0)
    return [
      missing === undefined
        ? { id: text, verdict: 'not installed', advice: await howToGet(asked, PLACES) }
        : { id: text, verdict: 'not installed', trouble: missing },
    ];
  const list: Diagnosis[] = [];
  for (const one of meant) {
    const trouble = one.trouble ?? (one.found && (await started(runner, one.found)));
    list.push({
      id: runner.id,
      ...(one.version === undefined ? {} : { version: one.version }),
      source: one.source,
      verdict: trouble === undefined ? 'sound' : 'broken',
      ...(trouble === undefined ? {} : { trouble, advice: adviceFor(one, runner.id) }),
    });
  }
  return list;
}

/** A probe that starts beside a run would disturb its figures, and the run could make it too late. */
const started = (runner: Runner, found: Found) => apart(() => startTrouble(runner, found));

function adviceFor({ where, version, source }: Installed, id: string): string {
  if (where === 'cache') return `wasimeter runtimes install ${id.split('@')[0]}@${version} --force`;
  if (where === 'own') return 'npm install, then try again';
  if (where === 'named') return `let ${source} name a working executable, or leave it out`;
  return `mend what stands on PATH, or bring one in: wasimeter runtimes install ${id}`;
}

function asText({ id, version, source, verdict, trouble, advice }: Diagnosis): string {
  const what = [id, version, source && `(${source})`].filter(Boolean).join(' ');
  return [`${what}: ${verdict}`, trouble, advice && `try: ${advice}`].filter(Boolean).join('; ');
}
