/** Makes a runtime's expectations anew from a run: what no longer fails goes, what newly fails comes as a draft, all else stays. */

import type { ConformanceRecord, RunnerRecord } from '../contracts/run.ts';
import type { Suite } from '../contracts/suite.ts';
import { speaksOf } from './checkExpectations.ts';
import { type ExpectedFailure, holds, isDraft, modeIn, UNEXPLAINED } from './expectations.ts';

/** A runner that shares the file (`wasmtime`, `wasmtime+aot`), and what it came to. */
export interface Variant {
  runner: Pick<RunnerRecord, 'id' | 'version' | 'mode'>;
  records: readonly ConformanceRecord[];
}

export interface Change {
  kind: 'added' | 'removed' | 'look';
  suite: string;
  case: string;
  wasi: string;
  /** Why it goes, what was seen, or what a human should look at. */
  why: string;
}

export interface Update {
  expectations: ExpectedFailure[];
  changes: Change[];
}

const PASSED = ['pass', 'xpass'];
const FAILED = ['fail', 'crash', 'timeout'] as const;
const MOST_REASON = 300;
type Failed = (typeof FAILED)[number];

/**
 * The new entries, those that stay in their order and as they are; and what has changed. What the run did not judge (skipped, left
 * out by a selection, an error of the harness) says nothing and changes nothing.
 */
export function updateExpectations(
  before: readonly ExpectedFailure[],
  variants: readonly Variant[],
  suites: ReadonlyMap<string, Suite>,
  platform: string,
): Update {
  const changes: Change[] = [];
  const note = (kind: Change['kind'], one: Pick<Change, 'suite' | 'case' | 'wasi'>, why: string) =>
    void changes.push({ kind, suite: one.suite, case: one.case, wasi: one.wasi, why });
  const kept = before.filter((entry) => {
    const suite = suites.get(entry.suite);
    if (!suite || !speaksOf(entry, suite)) {
      note('removed', entry, 'there is no such case any more');
      return false;
    }
    const seen = judged(variants, entry).filter(({ variant }) => isAbout(entry, variant, platform));
    const passing = seen.filter(({ record }) => PASSED.includes(record.outcome) && !record.flaky);
    const names = (some: typeof seen) => some.map(({ variant }) => variant.runner.id).join(', ');
    if (seen.length > 0 && passing.length === seen.length) {
      note('removed', entry, `passes on ${names(passing)}`);
      return false;
    }
    if (passing.length > 0)
      note(
        'look',
        entry,
        `passes on ${names(passing)}, not elsewhere: limit it by modes, versions or platforms`,
      );
    for (const { record } of seen) {
      if (record.flaky) note('look', entry, `wavers on ${record.runner}: ${record.flaky.join(', ')}`);
      else if (!isDraft(entry) && isFailed(record))
        note(
          'look',
          entry,
          `${record.outcome} on ${record.runner}, where ${entry.outcome} is expected: ${record.reason}`,
        );
    }
    return true;
  });
  const expectations = [...kept];
  for (const draft of drafts(variants, kept, platform)) {
    insert(expectations, draft);
    note('added', draft, draft.reason);
  }
  return { expectations, changes };
}

const isFailed = (record: ConformanceRecord) => (FAILED as readonly string[]).includes(record.outcome);

const isAbout = (entry: ExpectedFailure, { runner }: Variant, platform: string) =>
  holds(entry, runner.id, { version: runner.version ?? '', mode: runner.mode ?? '' }, platform);

function judged(variants: readonly Variant[], one: Pick<ConformanceRecord, 'suite' | 'case' | 'wasi'>) {
  return variants.flatMap((variant) =>
    variant.records
      .filter((record) => record.suite === one.suite && record.case === one.case && record.wasi === one.wasi)
      .filter(({ outcome }) => outcome !== 'skip' && outcome !== 'error')
      .map((record) => ({ variant, record })),
  );
}

/** An entry for each failure that none of the kept ones is about. */
function drafts(
  variants: readonly Variant[],
  kept: readonly ExpectedFailure[],
  platform: string,
): ExpectedFailure[] {
  const made = new Map<string, ExpectedFailure>();
  for (const variant of variants)
    for (const record of variant.records.filter(isFailed)) {
      const key = JSON.stringify([record.suite, record.wasi, record.case, record.outcome]);
      const isKnown = kept.some(
        (entry) =>
          entry.suite === record.suite &&
          entry.case === record.case &&
          entry.wasi === record.wasi &&
          isAbout(entry, variant, platform),
      );
      if (isKnown || made.has(key)) continue;
      const all = judged(variants, record);
      const failing = all.filter((one) => one.record.outcome === record.outcome).map((one) => one.variant);
      const others = all.filter((one) => one.record.outcome !== record.outcome).map((one) => one.variant);
      made.set(key, {
        suite: record.suite,
        case: record.case,
        wasi: record.wasi,
        reason: `${UNEXPLAINED}${record.reason ?? record.outcome}`.slice(0, MOST_REASON),
        outcome: record.outcome as Failed,
        link: record.spec,
        ...limits(failing, others),
      });
    }
  return [...made.values()];
}

/** What tells the failing variants from the others: their modes, or else their versions; a mode in the id is always said. */
function limits(failing: readonly Variant[], others: readonly Variant[]) {
  const unique = (words: (string | undefined)[]) => [...new Set(words.flatMap((word) => word ?? []))];
  const modes = ({ runner }: Variant) => modeIn(runner.id) ?? runner.mode;
  const own = unique(failing.map(modes));
  const areApart = others.every((variant) => !own.includes(modes(variant) ?? ''));
  const allNamed = failing.every(({ runner }) => modeIn(runner.id) !== undefined);
  if (own.length > 0 && areApart && (others.length > 0 || allNamed)) return { modes: own };
  if (others.length === 0) return {};
  const versions = unique(failing.map(({ runner }) => /^\d+(?:\.\d+){2}/.exec(runner.version ?? '')?.[0]));
  return versions.length > 0 ? { versions: versions.join(' || ') } : {};
}

/** Before the first entry that sorts behind it, so that neither order nor neighbours change. */
function insert(entries: ExpectedFailure[], entry: ExpectedFailure): void {
  const key = ({ suite, wasi, case: name }: ExpectedFailure) => [suite, wasi, name].join(' ');
  const index = entries.findIndex((other) => key(other) > key(entry));
  entries.splice(index < 0 ? entries.length : index, 0, entry);
}

/** An expectations file's text; `outcome` stands only where it is not the usual one. */
export function expectationsText(file: {
  $schema?: string | undefined;
  expectations: ExpectedFailure[];
}): string {
  const expectations = file.expectations.map(({ outcome, suite, case: name, wasi, ...more }) => ({
    suite,
    case: name,
    wasi,
    ...(outcome === 'fail' ? {} : { outcome }),
    ...more,
  }));
  const whole = { ...(file.$schema ? { $schema: file.$schema } : {}), expectations };
  // Lists of words on one line, as formatters have them.
  const text = JSON.stringify(whole, undefined, 2).replaceAll(
    /\[\n\s+((?:"[^"\\\n]*"(?:,\n\s+)?)+)\n\s+\]/g,
    (_, words: string) => `[${words.replaceAll(/,\n\s+/g, ', ')}]`,
  );
  return `${text}\n`;
}
