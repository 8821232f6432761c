/** The known failures of a runner: expectations.json in its folder, refused without a reason and a link for each. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';
import * as z from 'zod';
import type { RosterEntry } from '../contracts/plan.ts';
import type { Found, Runner } from '../contracts/runner.ts';
import { checkShape } from '../userFiles/checkShape.ts';
import { parseJson } from '../userFiles/importDefault.ts';

const FILE = 'expectations.json';

const schema = z.strictObject({
  $schema: z.string().optional(),
  expectations: z.array(
    z.strictObject({
      suite: z.string().min(1),
      case: z.string().min(1),
      wasi: z.enum(['p1', 'p2', 'p3']),
      reason: z.string().min(10, 'a reason says in a sentence what the runtime does and why that is wrong'),
      outcome: z.enum(['fail', 'crash', 'timeout']).default('fail'),
      link: z.url({ protocol: /^https?$/ }),
      /** Holds only where guests are executed so; as `+mode` in a runner's id, or as the report names it. */
      modes: z.array(z.string().min(1)).min(1).optional(),
      /** Holds only for these versions of the runtime: `<0.17`, `>=48 <50`. */
      versions: z
        .string()
        .min(1)
        .max(100)
        .refine((range) => semver.validRange(range) !== null, 'is no range of versions, as <0.17 or >=48 <50')
        .optional(),
    }),
  ),
});

export type ExpectedFailure = z.infer<typeof schema>['expectations'][number];

/** Looks up the expected failures of a roster's runners by id; each runner's file is read once. */
export function expectationsOf(roster: readonly RosterEntry[]): (runner: string) => ExpectedFailure[] {
  const known = new Map<string, ExpectedFailure[]>();
  return (id) => {
    const entry = roster.find(({ runner }) => runner.id === id);
    const expectations = known.get(id) ?? (entry ? loadExpectations(entry.runner, entry.found) : []);
    known.set(id, expectations);
    return expectations;
  };
}

/**
 * A runner's expected failures that hold for what was found of it (all without that); none where it has no file. Throws a
 * UserError naming file and field.
 */
export function loadExpectations(runner: Runner, found?: Pick<Found, 'version' | 'mode'>): ExpectedFailure[] {
  const file = runner.folder && join(runner.folder, FILE);
  if (!file || !existsSync(file)) return [];
  const all = parseExpectations(readFileSync(file, 'utf8'), `runners/${runner.runtime ?? runner.id}/${FILE}`);
  return found ? all.filter((one) => holds(one, runner, found)) : all;
}

function holds(
  { modes, versions }: ExpectedFailure,
  runner: Runner,
  found: Pick<Found, 'version' | 'mode'>,
): boolean {
  const named = /\+([^+@]+)/.exec(runner.id)?.[1];
  if (modes && !modes.includes(found.mode) && !(named !== undefined && modes.includes(named))) return false;
  if (versions === undefined) return true;
  // Of a version that is no number nothing is known: only what holds for every version is expected of it.
  const version = semver.parse(found.version) ?? semver.coerce(found.version);
  return version !== null && semver.satisfies(version, versions, { includePrerelease: true });
}

/** Parses an expectations file; `name` stands in its errors. */
export function parseExpectations(text: string, name: string): ExpectedFailure[] {
  return checkShape(schema, parseJson(text, name), name, 'the file').expectations;
}
