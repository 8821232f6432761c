/** Puts what is told of a case into lines for a terminal. */

import type { ConformanceRecord, TranscriptLine } from '../../harness/contracts/run.ts';
import { UNEXPECTED_OUTCOMES } from '../summary.ts';
import { shown, type Terminal } from '../terminal.ts';
import type { CaseView } from './view.ts';

const MOST_FILE_LINES = 60;

/** The lines; whatever runtimes said is escaped. Commands stand as they can be copied. */
export function caseText(view: CaseView, terminal: Terminal): string {
  const { paint } = terminal;
  const title = (text: string) => `\n${paint('bold', text)}`;
  const script = view.script.map((line, index) => `  ${String(index + 1).padStart(3)}  ${shown(line)}`);
  return [
    paint('bold', `${view.wasi} ${view.suite}/${view.case}`),
    shown(view.title),
    `spec: ${shown(view.spec)}`,
    `guest: ${view.guest}; tags: ${view.tags.join(', ')}${view.runs > 1 ? `; runs ${view.runs} times` : ''}`,
    ...(view.world.length > 0 ? [title('World'), ...view.world.map((line) => `  ${shown(line)}`)] : []),
    title('Script'),
    ...script,
    title('Expected'),
    ...expectedLines(view),
    ...(view.files.length > 0 ? [title('Its files, made in an empty folder'), ...fileLines(view.files)] : []),
    ...view.runners.flatMap((runner) => [
      title(runner.id),
      ...resultLines(runner.result, view.run, terminal),
      ...('command' in runner.repeat
        ? [runner.repeat.command]
        : [`  not to be repeated here: ${shown(runner.repeat.none)}`]),
    ]),
  ].join('\n');
}

function expectedLines({ steps, checks }: CaseView): string[] {
  return [
    ...steps
      .filter(({ expected }) => expected.length > 0)
      .flatMap(({ line, call, expected, open = [] }) => [
        `  line ${line}: ${shown(call)} = ${shown(expected.join('; '))}`,
        ...open.map((why) => `    left open: ${shown(why)}`),
      ]),
    ...checks.map(
      ({ what, lines }) => `  ${lines.length > 0 ? `lines ${lines.join(', ')}: ` : ''}${shown(what)}`,
    ),
  ];
}

function fileLines(lines: readonly string[]): string[] {
  if (lines.length <= MOST_FILE_LINES) return [...lines];
  return [
    ...lines.slice(0, MOST_FILE_LINES),
    `# … ${lines.length} lines in all: 'wasimeter export' writes them`,
  ];
}

function resultLines(
  result: ConformanceRecord | undefined,
  run: string | undefined,
  { paint }: Terminal,
): string[] {
  if (!result) return [`  ${run ? `not in run ${run}` : 'not run yet'}`];
  const { outcome, reason, flaky, ambiguities = [], notes = [], transcript = [] } = result;
  const word = UNEXPECTED_OUTCOMES.includes(outcome) ? paint('red', outcome) : outcome;
  return [
    `  ${word}${reason ? `: ${shown(reason)}` : ''}`,
    ...(flaky ? [`  wavers: ${flaky.join(', ')}`] : []),
    ...ambiguities.map(
      ({ call, seen, why }) => `  left open: ${shown(call)} = ${shown(seen)} (${shown(why)})`,
    ),
    ...notes.map((note) => `  ${shown(note)}`),
    ...transcript.map((line) => transcriptText(line, paint)),
  ];
}

function transcriptText({ text, mark, expected }: TranscriptLine, paint: Terminal['paint']): string {
  const line = `${mark === 'ok' ? '   ' : '  >'} ${shown(text)}${expected ? `, expected ${shown(expected)}` : ''}${mark === 'unfinished' ? ' (never ended)' : ''}`;
  return mark === 'failed' || mark === 'unfinished' ? paint('red', line) : line;
}
