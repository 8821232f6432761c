/** Checks what a user wrote against a schema, and says in one line which field is wrong and what would be right. */

import type * as z from 'zod';
import { UserError } from '../contracts/failure.ts';
import { unknownWord } from './unknownWord.ts';

/** The parts of zod's schemas that are looked into for the words that would be valid. */
interface Schema {
  shape?: Record<string, Schema>;
  element?: Schema;
  options?: Schema[];
  values?: Set<unknown>;
  def?: { type: string; discriminator?: string; innerType?: Schema; valueType?: Schema; items?: Schema[] };
}

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/**
 * Returns the parsed value. Throws a UserError naming `file`, the field and, for an unknown word, the nearest valid one;
 * `whole` is what a mistake in no field of its own is said of.
 */
export function checkShape<Output>(
  schema: z.ZodType<Output>,
  value: unknown,
  file: string,
  whole = 'the default export',
): Output {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw mistake({ file, whole, at: [] }, schema as unknown as Schema, value, telling(parsed.error.issues));
}

interface Place {
  file: string;
  whole: string;
  /** Where in the file the value stands that an issue's path begins at. */
  at: Path;
}

/** A mistyped field says more than the field that is then missing. */
const telling = (issues: readonly Issue[]): Issue =>
  issues.find((one) => one.code === 'unrecognized_keys') ?? (issues[0] as Issue);

function mistake(place: Place, schema: Schema, value: unknown, issue: Issue): UserError {
  const path = [...place.at, ...issue.path].join('.');
  const where = `${place.file}${path ? ` at ${path}` : ''}`;
  const subject = `${place.file}: ${path || place.whole}`;
  const inner = schemaAt(schema, issue.path);
  const actual = valueAt(value, issue.path);
  if (issue.code === 'unrecognized_keys')
    return unknownWord('field', issue.keys[0] ?? '', Object.keys(shapeFor(inner, actual)), where);
  if (issue.code === 'invalid_union') {
    const options = inner?.options ?? [];
    const nearest = nearestBranch(issue.errors, actual);
    if (nearest !== undefined && options[nearest])
      return mistake(
        { ...place, at: [...place.at, ...issue.path] },
        options[nearest],
        actual,
        telling(issue.errors[nearest] ?? []),
      );
    const words = wordsOf(schema, issue.path);
    if (words.length > 0 && typeof actual === 'string') return unknownWord('value', actual, words, where);
  }
  if (issue.code === 'invalid_value' && typeof actual === 'string')
    return unknownWord('value', actual, issue.values.map(String), where);
  if (actual === undefined && issue.path.length > 0) return new UserError(`${subject} is missing`);
  return new UserError(`${subject}: ${issue.message.replace(/^Invalid input: /, '')}`);
}

/** The branch of a union that was most likely meant: not of another kind altogether, and with the fewest faults. */
function nearestBranch(branches: readonly (readonly Issue[])[], value: unknown): number | undefined {
  const isOtherKind = (one: Issue) =>
    one.path.length === 0 &&
    (one.code === 'invalid_type' || (one.code === 'invalid_value' && typeof value !== 'string'));
  const faults = branches.map((issues) =>
    issues.reduce((sum, one) => {
      if (isOtherKind(one)) return Number.POSITIVE_INFINITY;
      return sum + (one.code === 'unrecognized_keys' ? one.keys.length : 1);
    }, 0),
  );
  const least = Math.min(...faults);
  return Number.isFinite(least) ? faults.indexOf(least) : undefined;
}

/** The fields that a value may have; of a union, those of the branch that its telling field chooses. */
function shapeFor(schema: Schema | undefined, value: unknown): Record<string, Schema> {
  const field = schema?.def?.discriminator ?? '';
  const chosen = schema?.options?.find((option) =>
    option.shape?.[field]?.values?.has(valueAt(value, [field])),
  );
  return schema?.shape ?? chosen?.shape ?? {};
}

/** The words that tell a union's branches apart by a field, where the issue is about that field. */
function wordsOf(schema: Schema, path: Path): string[] {
  const field = path.at(-1);
  const options = schemaAt(schema, path.slice(0, -1))?.options ?? [];
  return options.flatMap((option) => [...(option.shape?.[String(field)]?.values ?? [])].map(String));
}

function schemaAt(schema: Schema | undefined, path: Path): Schema | undefined {
  const bare = unwrapped(schema);
  const [step, ...rest] = path;
  if (step === undefined || !bare) return bare;
  if (bare.shape) return schemaAt(bare.shape[String(step)], rest);
  if (bare.element) return schemaAt(bare.element, rest);
  if (bare.def?.items) return schemaAt(bare.def.items[Number(step)], rest);
  if (bare.def?.valueType) return schemaAt(bare.def.valueType, rest);
  for (const option of bare.options ?? []) {
    const found = schemaAt(option, path);
    if (found) return found;
  }
  return undefined;
}

function unwrapped(schema: Schema | undefined): Schema | undefined {
  let bare = schema;
  while (bare?.def?.innerType) bare = bare.def.innerType;
  return bare;
}

function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const step of path) current = (current as Record<PropertyKey, unknown> | null | undefined)?.[step];
  return current;
}
