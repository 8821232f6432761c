/** Puts what is told of a figure into lines for a terminal. */

import type { PerformanceRecord } from '../../harness/contracts/run.ts';
import { figureText } from '../figureText.ts';
import { shown, type Terminal } from '../terminal.ts';
import { figureName } from './findFigures.ts';
import { offText, samplesPlot } from './plot.ts';
import type { FigureView } from './view.ts';

/** The lines; commands stand as they can be copied. */
export function explainText(view: FigureView, { paint }: Terminal): string {
  const { figure, script, command } = view;
  const title = (text: string) => `\n${paint('bold', text)}`;
  return [
    paint('bold', shown(`${figureName(figure)}, ${figure.metric}`)),
    shown(figure.title),
    valueLine(figure),
    ...view.flags.map(({ flag, meaning }) => `  ${paint('yellow', flag)}: ${meaning}`),
    `run ${view.run}; estimator ${shown(figure.identity.estimator)}`,
    title('How it came about'),
    ...view.method.map((line) => `  ${shown(line)}`),
    title(`Samples, a process each (█ in the interval)`),
    ...samplesPlot(figure),
    ...modesLines(view),
    title('Script'),
    ...('none' in script ? [`  ${script.none}`] : script.lines.map((line) => `  ${shown(line)}`)),
    title('What was started'),
    ...('none' in command
      ? [`  ${shown(command.none)}`]
      : [
          shown(command.line),
          ...Object.entries(command.placeholders).map(([name, what]) => `  ${name}: ${shown(what)}`),
        ]),
    title('Measure just this one again; how far it can be trusted here'),
    ...view.again,
  ].join('\n');
}

function valueLine({ value, ciLow, ciHigh, p99, unit, better, samples, rounds }: PerformanceRecord): string {
  const of = (one: number) => figureText({ value: one, unit });
  const ends = `${of(ciLow)} to ${of(ciHigh)} (${offText(ciLow, value)} to ${offText(ciHigh, value)})`;
  const tail = p99 === undefined ? '' : `; p99 ${of(p99)}`;
  return `${of(value)}, 95% interval ${ends}${tail}; ${samples.length} of ${rounds} processes count, ${better} is better`;
}

function modesLines({ modes, figure: { value, unit } }: FigureView): string[] {
  if (!modes) return [];
  const heap = ({ samples, median }: { samples: number; median: number }) =>
    `${samples} at ${figureText({ value: median, unit })} (${offText(median, value)})`;
  return [
    `  two modes: ${heap(modes.low)} and ${heap(modes.high)}; between them a gap of ${modes.gapRatio.toFixed(0)} times their spread`,
  ];
}
