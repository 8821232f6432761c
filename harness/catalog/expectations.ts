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
/** Where this process runs, as an expectation's `platforms` name it. */
export const PLATFORM = `${process.platform}-${process.arch}`;

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
      /** Holds only there: Node's names of system and processor. */
      platforms: z
        .array(z.string().regex(/^[a-z0-9]+-[a-z0-9]+$/, 'a platform is as linux-x64 or darwin-arm64'))
        .min(1)
        .optional(),
    }),
  ),
});

export type ExpectedFailure = z.infer<typeof schema>['expectations'][number];
export type ExpectationsFile = z.infer<typeof schema>;

/** How a reason begins that `expectations update` drafted: until somebody has written why, the entry excuses nothing. */
export const UNEXPLAINED = 'UNEXPLAINED: ';

export const isDraft = ({ reason }: Pick<ExpectedFailure, 'reason'>): boolean =>
  reason.startsWith(UNEXPLAINED.trim());

/** Looks up the expected failures of a roster's runners by id; each runner's file is read once. */
export function expectationsOf(
  roster: readonly RosterEntry[],
  platform: string = PLATFORM,
): (runner: string) => ExpectedFailure[] {
  const known = new Map<string, ExpectedFailure[]>();
  return (id) => {
    const entry = roster.find(({ runner }) => runner.id === id);
    const expectations =
      known.get(id) ?? (entry ? loadExpectations(entry.runner, entry.found, platform) : []);
    known.set(id, expectations);
    return expectations;
  };
}

/**
 * A runner's expected failures that hold for what was found of it (all without that), without drafts; none where it has no file. Throws a
 * UserError naming file and field.
 */
export function loadExpectations(
  runner: Runner,
  found?: Pick<Found, 'version' | 'mode'>,
  platform: string = PLATFORM,
): ExpectedFailure[] {
  const all = readExpectations(runner).expectations.filter((one) => !isDraft(one));
  return found ? all.filter((one) => holds(one, runner.id, found, platform)) : all;
}

/** Where a runner's expectations lie; undefined for one without a folder. */
export const expectationsPath = ({ folder }: Runner): string | undefined => folder && join(folder, FILE);

/** A runner's whole file, drafts and all; empty where there is none. Throws a UserError naming file and field. */
export function readExpectations(runner: Runner): ExpectationsFile {
  const file = expectationsPath(runner);
  if (!file || !existsSync(file)) return { expectations: [] };
  return parseFile(readFileSync(file, 'utf8'), shownFile(runner));
}

/** How a runner's file is called in errors. */
export const shownFile = (runner: Runner): string => `runners/${runner.runtime ?? runner.id}/${FILE}`;

/** Whether an expectation is about a runner of that id, as found, there. */
export function holds(
  { modes, versions, platforms }: ExpectedFailure,
  id: string,
  found: Pick<Found, 'version' | 'mode'>,
  platform: string,
): boolean {
  if (platforms && !platforms.includes(platform)) return false;
  const named = modeIn(id);
  if (modes && !modes.includes(found.mode) && !(named !== undefined && modes.includes(named))) return false;
  if (versions === undefined) return true;
  // Of a version that is no number nothing is known: only what holds for every version is expected of it.
  const version = semver.parse(found.version) ?? semver.coerce(found.version);
  return version !== null && semver.satisfies(version, versions, { includePrerelease: true });
}

/** The mode in a runner's id: `aot` of `wasmtime+aot@48`. */
export const modeIn = (id: string): string | undefined => /\+([^+@]+)/.exec(id)?.[1];

/** Parses an expectations file; `name` stands in its errors. */
export function parseExpectations(text: string, name: string): ExpectedFailure[] {
  return parseFile(text, name).expectations;
}

const parseFile = (text: string, name: string): ExpectationsFile =>
  checkShape(schema, parseJson(text, name), name, 'the file');
