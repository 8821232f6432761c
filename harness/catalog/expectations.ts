/** The known failures of a runner: runners/<id>/expectations.json, refused without a reason and a link for each. */

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { UserError } from '../contracts/failure.ts';

const RUNNERS = new URL('../../runners/', import.meta.url);

const schema = z.strictObject({
  expectations: z.array(
    z.strictObject({
      suite: z.string().min(1),
      case: z.string().min(1),
      wasi: z.enum(['p1', 'p2', 'p3']),
      reason: z.string().min(10, 'a reason says in a sentence what the runtime does and why that is wrong'),
      outcome: z.enum(['fail', 'crash', 'timeout']).default('fail'),
      link: z.url({ protocol: /^https?$/ }),
    }),
  ),
});

export type ExpectedFailure = z.infer<typeof schema>['expectations'][number];

/** A runner's expected failures; none where it has no file. Throws a UserError naming file and field. */
export function loadExpectations(runner: string): ExpectedFailure[] {
  const url = new URL(`${encodeURIComponent(runner)}/expectations.json`, RUNNERS);
  if (!existsSync(fileURLToPath(url))) return [];
  return parseExpectations(readFileSync(url, 'utf8'), `runners/${runner}/expectations.json`);
}

/** Parses an expectations file; `name` stands in its errors. */
export function parseExpectations(text: string, name: string): ExpectedFailure[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UserError(`${name} is no JSON: ${(error as Error).message}`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data.expectations;
  const issue = parsed.error.issues[0];
  throw new UserError(
    `${name}: ${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'not as it should be'}`,
  );
}
