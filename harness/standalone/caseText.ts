/** A case in words: its world, its script, and what each step must come to. */

import type { ConformanceCase } from '../contracts/suite.ts';
import type { FileTree, Preopen, World } from '../contracts/world.ts';
import type { BuiltScript } from '../script/builder.ts';

export interface CaseExpectation {
  schema: 'wasimeter/case@1';
  suite: string;
  case: string;
  wasi: string;
  title: string;
  spec: string;
  /** How often the harness runs it; checks may be about all runs together. */
  runs: number;
  guest: string;
  /** Statements that are recorded, by their line, which is the `n` of their records. */
  steps: { line: number; call: string; expected: string[]; open?: string[] }[];
  /** What must hold of several steps, runs, or the host's side, in words. */
  checks: { what: string; lines: number[] }[];
  world: string[];
  script: string[];
}

/** All that is expected of a case, in words. */
export function caseExpectation(suite: string, one: ConformanceCase, built: BuiltScript): CaseExpectation {
  return {
    schema: 'wasimeter/case@1',
    suite,
    ...{ case: one.id, wasi: one.wasi, title: one.title, spec: one.spec, guest: one.guest },
    runs: one.runs ?? 1,
    steps: built.steps.map((step) => {
      const own = built.expectations
        .filter((each) => each.step.line === step.line)
        .map((each) => each.expectation);
      const open = own.flatMap(({ ambiguity }) => ambiguity ?? []);
      return {
        line: step.line,
        call: step.text,
        expected: own.map(({ describe }) => describe),
        ...(open.length > 0 ? { open } : {}),
      };
    }),
    checks: built.checks.map(({ what, steps }) => ({ what, lines: steps.map(({ line }) => line) })),
    world: worldText(one.world ?? {}),
    script: built.lines,
  };
}

const MOST = 20;

/** A world in some lines; none for a case that asks for nothing. */
function worldText(world: World): string[] {
  const { preopens = [], outside, inherits, race, args, env, stdin, stdout, network } = world;
  const some = (words: readonly string[]) =>
    words.length > MOST ? `${words.slice(0, MOST).join(' ')} … (${words.length})` : words.join(' ');
  return [
    ...preopens.map(preopenText),
    ...(outside ? [`beside the folders, where the guest must not reach: ${entriesText(outside)}`] : []),
    ...(inherits === undefined
      ? []
      : [`descriptors of the runtime's process that the guest was not given: ${inherits}`]),
    ...(race ? [`while it runs, the host goes on exchanging ${race.swap.join(' and ')}`] : []),
    ...(args ? [`arguments: ${some(args.map((word) => JSON.stringify(word)))}`] : []),
    ...(env
      ? [
          `environment: ${some(Object.entries(env).map(([name, value]) => JSON.stringify(`${name}=${value}`)))}`,
        ]
      : []),
    ...(stdin === undefined ? [] : [`stdin: ${stdinText(stdin)}`]),
    ...(stdout === undefined ? [] : [`stdout: ${stdout}`]),
    ...(network ? ['the network'] : []),
  ];
}

function preopenText({ guest, entries = {}, readOnly }: Preopen): string {
  return `folder ${JSON.stringify(guest)}${readOnly ? ', read-only' : ''}: ${entriesText(entries)}`;
}

function entriesText(entries: FileTree): string {
  const names = Object.keys(entries);
  const shown = names.slice(0, MOST).map((name) => {
    const spec = entries[name];
    const kind = typeof spec === 'object' && 'kind' in spec ? spec.kind : 'file';
    return kind === 'file' ? name : `${name} (${kind})`;
  });
  const more = names.length > MOST ? ` … (${names.length} entries)` : '';
  return `${names.length === 0 ? 'empty' : shown.join(', ')}${more}`;
}

function stdinText(stdin: NonNullable<World['stdin']>): string {
  if (typeof stdin === 'string') return stdin === 'null' ? 'the null device' : 'none at all';
  const size = Buffer.byteLength(stdin.content);
  if (stdin.kind === 'terminal') return `a terminal on which ${JSON.stringify(stdin.content)} is typed`;
  return `${stdin.kind} of ${size} bytes${stdin.kind === 'pipe' && stdin.stays ? ', whose writer stays' : ''}`;
}
