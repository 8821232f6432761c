/**
 * Writes docs/findings.md from a run: `node test/write-findings.ts out/coverage/run.json`. Each known deviation once, with the cases
 * that show it and the first one's failing line. What lets a guest out is counted but not told: SECURITY.md has it told to the
 * runtime's maintainers first.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import type { ConformanceRecord, RunResult } from '../harness/contracts/run.ts';

interface Known {
  suite: string;
  case: string;
  wasi: string;
  reason: string;
  link: string;
}

const SANDBOX = 'sandbox';

const file = process.argv[2];
if (!file) throw new Error('name a run.json of the whole conformance');
const run = JSON.parse(readFileSync(file, 'utf8')) as RunResult;

/** A text that stands in a table's cell. */
const cell = (text: string) =>
  text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('<', '&lt;').trim();
const code = (text: string) => `\`${cell(text).replaceAll('`', "'").slice(0, 140)}\``;

/** The failing line of a transcript with what was expected; the reason's own words where there is no such line. */
function shown(record: ConformanceRecord): string {
  const line = record.transcript?.find(({ mark }) => mark === 'failed' || mark === 'trap');
  if (line?.expected) return `${code(line.text)}, expected ${code(line.expected)}`;
  const seen = /; seen: (.*)$/s.exec(record.reason ?? '')?.[1];
  return seen ? code(seen) : code(line?.text ?? record.outcome);
}

const out = [
  '# Findings',
  '',
  'What runtimes were seen to do otherwise than the specification says, as `wasimeter run` shows it: made from a run and from',
  "`runners/*/expectations.json`, which hold each deviation's reason. *Where* links an upstream issue where one was found, else the text that decides.",
  '`npx wasimeter show CASE` tells a case whole, `npx wasimeter export CASE` makes a standalone reproducer of it.',
  '',
];
for (const runner of run.runners.filter(({ status }) => status === 'measured')) {
  const expectations = new URL(`../runners/${runner.id}/expectations.json`, import.meta.url);
  const { expectations: known } = JSON.parse(readFileSync(expectations, 'utf8')) as { expectations: Known[] };
  const own = run.conformance.filter((one) => one.runner === runner.id && one.outcome === 'xfail');
  const failed = own.filter(({ suite }) => suite !== SANDBOX);
  const escapes = own.length - failed.length;
  const groups = new Map<string, { link: string; cases: ConformanceRecord[] }>();
  for (const record of failed) {
    const entry = known.find(
      (one) => one.suite === record.suite && one.case === record.case && one.wasi === record.wasi,
    );
    if (!entry) continue;
    const group = groups.get(entry.reason) ?? { link: entry.link, cases: [] };
    group.cases.push(record);
    groups.set(entry.reason, group);
  }
  out.push(
    `## ${runner.name} ${runner.version}`,
    '',
    `${failed.length} cases, ${groups.size} deviations.${escapes > 0 ? ` Besides, ${escapes} cases of the suite \`sandbox\` fail: \`npx wasimeter run --suite sandbox --runner ${runner.id}\` shows them.` : ''}`,
    '',
  );
  out.push('| what it does | seen | case | where |', '| --- | --- | --- | --- |');
  for (const [reason, { link, cases }] of [...groups].toSorted(
    (a, b) => b[1].cases.length - a[1].cases.length,
  )) {
    const [first] = cases;
    if (!first) continue;
    const more = cases.length > 1 ? ` and ${cases.length - 1} more` : '';
    out.push(
      `| ${cell(reason)} | ${shown(first)} | ${first.wasi} ${code(`${first.suite}/${first.case}`)}${more} | [text](${first.spec})${link === first.spec ? '' : `, [link](${link})`} |`,
    );
  }
  out.push('');
}
writeFileSync(new URL('../docs/findings.md', import.meta.url), `${out.join('\n').trimEnd()}\n`);
