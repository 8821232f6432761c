/** Owns how a diagnosis reads on a terminal. */

import type { MachineRecord } from '../harness/contracts/run.ts';
import type { Diagnosis } from '../harness/diagnosis.ts';
import { figureText } from './figureText.ts';
import { type Cell, table } from './table.ts';
import { shown, type Terminal } from './terminal.ts';

const MARKS = { good: ['✓', 'green'], note: ['!', 'yellow'], bad: ['✗', 'red'] } as const;

/** The sections of a diagnosis, each finding with its mark, and what to do. */
export function doctorText(diagnosis: Diagnosis, terminal: Terminal): string {
  const mark = (kind: keyof typeof MARKS) => terminal.paint(MARKS[kind][1], MARKS[kind][0]);
  const title = (text: string) => terminal.paint('bold', text);
  const list = (lines: readonly string[]) => lines.map((line) => `  - ${shown(line)}`).join('\n');
  const { node, problems, advice, machine } = diagnosis;
  const end =
    diagnosis.verdict === 'broken'
      ? `${mark('bad')} ${title('Something needed is missing or wrong')}\n${list(problems)}`
      : `${mark(machine.noise?.verdict === 'noisy' ? 'note' : 'good')} Measuring works here${machine.noise ? `; the machine is ${machine.noise.verdict}` : ''}.`;
  return [
    `${mark(node.supported ? 'good' : 'bad')} Node ${shown(node.version)} (${node.needed} or newer is needed)`,
    `${title('Runtimes')}\n${runtimes(diagnosis, terminal)}`,
    `${title('Guests')}\n${guests(diagnosis, mark)}`,
    `${title('Machine')}\n${facts(machine)}`,
    `${title('Noise of the control loop')}\n${noise(diagnosis, mark)}`,
    ...(advice.length > 0 ? [`${title('Advice')}\n${list(advice)}`] : []),
    end,
  ].join('\n\n');
}

function runtimes({ runtimes: all }: Diagnosis, terminal: Terminal): string {
  const lines = all.map(({ id, version, mode, source, missing, broken }) => {
    if (version === undefined) {
      const [sign, paint] = MARKS[broken ? 'bad' : 'note'];
      return `${terminal.paint(paint, sign)} ${shown(`${id}: not there: ${missing ?? ''}`)}`;
    }
    return { version, cells: [id, version, mode ?? '', source ?? ''] };
  });
  const there: Cell[][] = lines.flatMap((line) => (typeof line === 'string' ? [] : [line.cells]));
  const rows = there.map(([first, ...others]): Cell[] => [`✓ ${String(first)}`, ...others]);
  const found = rows.length > 0 ? [table(['  id', 'version', 'mode', 'source'], rows, terminal, 4)] : [];
  return [...found, ...lines.filter((line) => typeof line === 'string')].join('\n');
}

function guests({ guests: all }: Diagnosis, mark: (kind: keyof typeof MARKS) => string): string {
  const wrong = all.flatMap(({ problem }) => (problem ? [`${mark('bad')} ${shown(problem)}`] : []));
  if (all.length === 0) return `${mark('bad')} there are none`;
  const right = all.length - wrong.length;
  return [
    ...(right > 0 ? [`${mark('good')} ${right} of ${all.length} are as guests.lock.json names them`] : []),
    ...wrong,
  ].join('\n');
}

function facts(machine: MachineRecord): string {
  const { allowedCpus, cpuQuota, clockResolutionNs, clockCostNs, stealShare } = machine;
  const ns = (value: number | undefined) =>
    value === undefined ? 'unknown' : figureText({ value, unit: 'ns' });
  const rows: [string, string | undefined][] = [
    ['processor', `${machine.cpuModel}, ${machine.cores} cores, ${machine.arch}`],
    ['allowed CPUs', allowedCpus === undefined ? undefined : String(allowedCpus)],
    ['CPU limit', cpuQuota === undefined ? undefined : `${cpuQuota} CPUs' time`],
    ['governor', machine.governor],
    ['memory', figureText({ value: machine.memoryBytes, unit: 'B' })],
    ['system', `${machine.os}, kernel ${machine.kernel}`],
    ['kind', machine.virtualization],
    ['work folder', `on ${machine.filesystem}`],
    ['load', machine.loadAverage.toFixed(2)],
    ['stolen time', stealShare === undefined ? 'unknown' : `${(100 * stealShare).toFixed(1)}%`],
    ['clock', `steps of ${ns(clockResolutionNs)}, ${ns(clockCostNs)} a reading`],
  ];
  const there = rows.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
  return there.map(({ name, value }) => `  ${name.padEnd(12)}  ${shown(value)}`).join('\n');
}

function noise({ machine, noiseFailure }: Diagnosis, mark: (kind: keyof typeof MARKS) => string): string {
  const it = machine.noise;
  if (!it) return `${mark('note')} could not be looked at: ${shown(noiseFailure ?? 'no reason was given')}`;
  const time = (value: number) => figureText({ value, unit: 'ns' });
  return [
    `${mark(it.verdict === 'noisy' ? 'note' : 'good')} ${it.verdict}: ${(100 * it.quietShare).toFixed(0)}% of ${it.controls} loops in ${time(it.durationMs * 1e6)} within 5% of the quickest`,
    `  quickest      ${time(it.roundNs)} a round of the loop`,
    `  95 of 100     within ${it.p95Ratio.toFixed(2)} times the quickest`,
    `  slow spells   ${it.slowSpells}${it.slowSpells > 0 ? `, the longest ${time(it.longestSpellNs)}` : ''}`,
  ].join('\n');
}
