/** Makes what a runtime's maintainer gets of a case: the probe with the script in it, what is expected, and how to run and read it. */

import type { Guest } from '../contracts/guest.ts';
import type { Runner, Trial } from '../contracts/runner.ts';
import type { ConformanceCase } from '../contracts/suite.ts';
import type { BuiltScript } from '../script/builder.ts';
import { embed } from '../wasm/embed.ts';
import { type CaseExpectation, caseExpectation } from './caseText.ts';
import { filesScript, preopenFolder } from './filesScript.ts';
import { repeatCommand } from './repeatCommand.ts';

const WASM = 'case.wasm';
const NODE_SCRIPT = 'run-node.mjs';
const FILES_SCRIPT = 'make-files.sh';
const OPTIONS = 'nonce=0 record=live';

export interface ExportInput {
  suite: string;
  one: ConformanceCase;
  built: BuiltScript;
  guest: Guest;
  guestBytes: Uint8Array;
  /** Whose command lines the README shows; those that need something prepared are left out. */
  runners: readonly Runner[];
}

/** The files by name. Throws a RangeError for a script that is too long for the probe. */
export function exportFiles(input: ExportInput): Map<string, string | Uint8Array> {
  const { suite, one, built, guestBytes } = input;
  // Of a case with several runs, the first.
  const options = (one.runs ?? 1) > 1 ? `${OPTIONS} let.run=0` : OPTIONS;
  const text = Buffer.from(`${options}\n${built.lines.join('\n')}`);
  const expectation = caseExpectation(suite, one, built);
  const lines = filesScript(one.world ?? {});
  return new Map<string, string | Uint8Array>([
    [WASM, embed(guestBytes, text)],
    ['expectation.json', `${JSON.stringify(expectation, undefined, 2)}\n`],
    ...(lines.length > 0
      ? [
          [
            FILES_SCRIPT,
            ['#!/bin/sh', '# Makes the files of the case, in this folder.', 'set -e', ...lines, ''].join(
              '\n',
            ),
          ] as const,
        ]
      : []),
    ...(one.wasi === 'p1' ? [[NODE_SCRIPT, nodeScript(one)] as const] : []),
    ['README.md', readme(input, expectation, lines.length > 0)],
  ]);
}

function nodeScript({ world = {} }: ConformanceCase): string {
  const preopens = Object.fromEntries(
    (world.preopens ?? []).map(({ guest }, index) => [guest, preopenFolder(index)]),
  );
  return `/** Runs case.wasm under node:wasi, in this folder. */
import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';

const wasi = new WASI({
  version: 'preview1',
  args: ${JSON.stringify([WASM, ...(world.args ?? [])])},
  env: ${JSON.stringify(world.env ?? {})},
  preopens: ${JSON.stringify(preopens)},
  returnOnExit: true,
});
const module = await WebAssembly.compile(await readFile('${WASM}'));
const instance = await WebAssembly.instantiate(module, wasi.getImportObject());
Object.assign(process, { exitCode: wasi.start(instance) });
`;
}

/** Command lines by the runner's name. */
function commandLines({ one, guest, runners }: ExportInput): [name: string, line: string][] {
  const world = one.world ?? {};
  const trial: Trial = {
    ...{ guest, artifact: WASM, network: world.network ?? false },
    ...{ args: [...(world.args ?? [])], env: { ...world.env } },
    preopens: (world.preopens ?? []).map((each, index) => ({
      host: preopenFolder(index),
      guest: each.guest,
      ...(each.readOnly ? { readOnly: true as const } : {}),
    })),
  };
  const found = (id: string) => ({ version: 'unknown', mode: 'unknown', executable: id, source: 'PATH' });
  const lines = runners
    .filter(({ capabilities, prepare }) => capabilities[one.wasi].support === 'native' && !prepare)
    .map((runner): [string, string] => [
      runner.name,
      repeatCommand(runner.command(trial, found(runner.id)), undefined, world),
    ]);
  if (one.wasi === 'p1')
    return [...lines, ['Node.js', repeatCommand({ file: 'node', args: [NODE_SCRIPT] }, undefined, world)]];
  return [
    ...lines,
    ['jco', repeatCommand({ file: 'npx', args: ['@bytecodealliance/jco', 'run', WASM] }, undefined, world)],
  ];
}

const fenced = (text: string, language = '') => `\`\`\`${language}\n${text}\n\`\`\``;

function readme(
  input: ExportInput,
  { steps, checks, world, ...told }: CaseExpectation,
  hasFiles: boolean,
): string {
  const expected = steps.filter((step) => step.expected.length > 0);
  return `# ${told.title}

\`${told.wasi} ${told.suite}/${told.case}\`, decided by <${told.spec}>.

\`${WASM}\` makes these calls by itself: no arguments, no harness. It is wasimeter's \`${told.guest}\` with the script in it, which is:

${fenced(told.script.join('\n'))}

## What must come of it
${expected.map(({ line, call, expected: words, open = [] }) => `- line ${line}: \`${call}\` = **${words.join('; ')}**${open.map((why) => `\n  (left open: ${why})`).join('')}`).join('\n')}
${checks.map(({ what, lines }) => `- ${lines.length > 0 ? `lines ${lines.join(', ')}: ` : ''}${what}`).join('\n')}
${told.runs > 1 ? `\nThe harness runs it ${told.runs} times, each in a fresh process; what is said of several runs is about these.\n` : ''}
${world.length > 0 ? `What it finds:\n${world.map((line) => `- ${line}`).join('\n')}\n` : ''}
## How to run it
${hasFiles ? `First \`sh ${FILES_SCRIPT}\`, before each run anew (\`rm -rf files\`). ` : ''}In this folder:

${commandLines(input)
  .map(([name, line]) => `${name}:\n${fenced(line, 'sh')}`)
  .join('\n\n')}

## How to read the records
They are on standard error, here in the file \`records\`, one line each; \`n\` is the script's line.
- \`> {"n":7}\`: the call of line 7 begins. \`< {"n":7,"r":["8"]}\`: it has ended; \`r\` is its flat result (preview 1: the errno's number), \`m\` memory
  afterwards as address, length and hex.
- A begin without an end: the call trapped, or ended the guest.
- \`! {…}\`: the script itself is wrong, which is a mistake of wasimeter's.
- The first and last line, \`n\` 0, are the probe's own beginning and end.
`;
}
