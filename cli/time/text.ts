/** Owns what `wasimeter time` prints: runtimes side by side, what failed with its last words, what was skipped. */

import type { OwnFailure, OwnFigure, OwnTimes, TimeResult } from '../../harness/contracts/ownWasm.ts';
import { figureText } from '../figureText.ts';
import { type Cell, table } from '../table.ts';
import { PLAIN, shown, type Terminal } from '../terminal.ts';

const KINDS = { module: 'a core module', component: 'a component' } as const;

/** The result as lines of text; whatever guests and runtimes say is escaped. */
export function timeText(result: TimeResult, terminal: Terminal = PLAIN): string {
  return [
    heading(result),
    result.results.length > 0 ? figures(result, terminal) : '',
    result.results.length > 0 ? legend(result) : '',
    ...result.failed.map((one) => failure(one, terminal)),
    result.skipped.map(({ runner, reason }) => shown(`skipped: ${runner}: ${reason}`)).join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function heading({ wasm, runs }: TimeResult): string {
  const size = figureText({ value: wasm.sizeBytes, unit: 'B' });
  return shown(`${wasm.name}: ${KINDS[wasm.kind]} of ${size}, ${runs} ${runs === 1 ? 'run' : 'runs'} each`);
}

interface Column {
  head: string;
  cell(one: OwnTimes): Cell | undefined;
}

const withInterval = (figure: OwnFigure | undefined): string | undefined => {
  if (!figure) return undefined;
  const text = (value: number) => figureText({ ...figure, value });
  return `${text(figure.value)} (${text(figure.ciLow)} to ${text(figure.ciHigh)})`;
};

const COLUMNS: readonly Column[] = [
  { head: 'runner', cell: ({ runner, support }) => (support === 'adapter' ? `${runner} (adapter)` : runner) },
  { head: 'version', cell: ({ version }) => version },
  { head: 'run time', cell: ({ run }) => withInterval(run) },
  { head: 'times the quickest', cell: slower },
  { head: 'startup', cell: ({ startup }) => withInterval(startup) },
  { head: 'peak memory', cell: ({ peakMemory }) => withInterval(peakMemory) },
  { head: 'stdin', cell: ({ bytesIn }) => withInterval(bytesIn) },
  { head: 'stdout', cell: ({ bytesOut }) => withInterval(bytesOut) },
  {
    head: 'prepared in',
    cell: ({ preparation }) => preparation && figureText({ value: preparation.durationNs, unit: 'ns' }),
  },
];

function slower({ slower }: OwnTimes): string {
  if (!slower) return '1';
  const [value, low, high] = [slower.value, slower.ciLow, slower.ciHigh].map((one) => one.toFixed(2));
  return `${value} (${low} to ${high})`;
}

/** A column in which nobody has anything is left out. */
function figures({ results }: TimeResult, terminal: Terminal): string {
  const columns = COLUMNS.filter(({ cell }) => results.some((one) => cell(one) !== undefined));
  const rows = results.map((one) => columns.map(({ cell }) => cell(one) ?? '-'));
  return table(
    columns.map(({ head }) => head),
    rows,
    terminal,
    2,
  );
}

function legend({ results, stdinBytes, wasm }: TimeResult): string {
  const lines = [
    `run time: start to end of a process, lower quartile with its 95% interval; startup: the same of an empty ${wasm.kind}`,
  ];
  if (results.some(({ peakMemory }) => peakMemory))
    lines.push(
      'peak memory: VmHWM, the most that was read of up to five processes that are not timed, again and again until their end',
    );
  if (results.some(({ bytesIn, bytesOut }) => bytesIn || bytesOut))
    lines.push('stdin, stdout: bytes read and written over the whole run time');
  for (const { runner, inBytes } of results)
    if (stdinBytes !== undefined && inBytes < stdinBytes)
      lines.push(`${runner} read ${inBytes} of the ${stdinBytes} bytes on standard input`);
  return lines.map(shown).join('\n');
}

function failure({ runner, version, reason, stdout, stderr }: OwnFailure, terminal: Terminal): string {
  const said = (name: string, text: string) =>
    text === ''
      ? []
      : [`  the last of its ${name}:`, ...text.split('\n').map((line) => `    ${shown(line)}`)];
  return [
    terminal.paint('red', shown(`not timed: ${runner} ${version}: ${reason}`)),
    ...said('stdout', stdout),
    ...said('stderr', stderr),
  ].join('\n');
}
