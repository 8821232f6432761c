/** Owns which arguments, environment and working directory preview 2 hands out: all of them, whole, and no others. */

import { ok } from '../../harness/contracts/expect.ts';
import type { WasiValue } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { GET_ARGUMENTS, GET_ENVIRONMENT, INITIAL_CWD } from './functions-p2.ts';
import { many, record, shortened, TEXTS, VARIABLES } from './given.ts';
import { ENVIRONMENT } from './spec.ts';

const P2 = { wasi: 'p2', guest: 'probe-p2-cli' } as const;

/** The probe lists at most 4,096 blocks that the host allocates within one call: one a text, and one for the list. */
const MANY_ARGUMENTS = 4_000;
const MANY_VARIABLES = 2_000;

const textsIn = (value: WasiValue): string[] => (Array.isArray(value) ? value.map(String) : []);

/** What is wrong with the arguments handed out; undefined if nothing. A program's name may stand before them. */
function wrongArgument(value: WasiValue, given: readonly string[]): string | undefined {
  const texts = textsIn(value);
  if (texts.length > given.length + 1 || texts.length < given.length)
    return `${texts.length} arguments, ${given.length} were given`;
  const own = texts.slice(texts.length - given.length);
  const wrong = given.findIndex((text, index) => own[index] !== text);
  return wrong < 0
    ? undefined
    : `argument ${wrong} is ${shortened(own[wrong])}, given was ${shortened(given[wrong])}`;
}

const argumentSets = [
  ...TEXTS.filter(({ id }) => id !== 'thousand'),
  {
    id: 'four-thousand',
    words: 'Four thousand arguments',
    args: many(MANY_ARGUMENTS, (index) => `argument ${index}`),
  },
];

const givenArguments = argumentSets.map(
  ({ id, words, args }): ConformanceCase => ({
    ...P2,
    id: `get-arguments/${id}`,
    title: `${words}: handed out whole and in order, behind at most the name of the program`,
    spec: ENVIRONMENT.arguments,
    world: { args },
    script: (s) => {
      const step = s.call(GET_ARGUMENTS);
      s.expect(step, ok('a list'));
      s.check('the arguments are those given', [step], ({ values: [seen] }) =>
        seen?.kind === 'ok' ? (wrongArgument(seen.value, args) ?? true) : 'there are none',
      );
    },
  }),
);

/** What is wrong with the variables handed out, in whatever order; undefined if nothing. */
function wrongVariable(value: WasiValue, env: Readonly<Record<string, string>>): string | undefined {
  const pairs = Array.isArray(value) ? value.map((pair) => textsIn(pair as WasiValue)) : [];
  const count = Object.keys(env).length;
  if (pairs.length !== count) return `${pairs.length} variables, ${count} were given`;
  const handed = new Map(pairs.map(([name = '', text = '']) => [name, text]));
  const missing = Object.entries(env).find(([name, text]) => handed.get(name) !== text);
  return (
    missing && `${missing[0]} is ${shortened(handed.get(missing[0]))}, given was ${shortened(missing[1])}`
  );
}

const variableSets = [
  ...VARIABLES.filter(({ id }) => id !== 'thousand' && id !== 'ten-thousand'),
  {
    id: 'two-thousand',
    words: 'Two thousand variables',
    env: record(many(MANY_VARIABLES, String).map((index) => [`V${index}`, `value ${index}`])),
  },
];

const givenVariables = variableSets.map(
  ({ id, words, env }): ConformanceCase => ({
    ...P2,
    id: `get-environment/${id}`,
    title: `${words}: handed out as pairs of name and value, and no others`,
    spec: ENVIRONMENT.environment,
    world: { env },
    script: (s) => {
      const step = s.call(GET_ENVIRONMENT);
      s.expect(step, ok('a list'));
      s.check('the variables are those given', [step], ({ values: [seen] }) =>
        seen?.kind === 'ok' ? (wrongVariable(seen.value, env) ?? true) : 'there are none',
      );
    },
  }),
);

/** "this import function should return the same values each time it is called". */
const lasting: ConformanceCase[] = [
  {
    ...P2,
    id: 'get-environment/again',
    title: 'The variables are the same, in the same order, each time they are asked for',
    spec: ENVIRONMENT.environment,
    world: { env: { A: 'b', C: '', D: 'e' } },
    script: (s) => {
      const steps = [s.call(GET_ENVIRONMENT), s.call(GET_ENVIRONMENT), s.call(GET_ENVIRONMENT)];
      s.check('the answers are the same', steps, ({ values }) => alike(values));
    },
  },
  {
    ...P2,
    id: 'get-arguments/again',
    title: 'The arguments are the same each time they are asked for',
    spec: ENVIRONMENT.arguments,
    world: { args: ['a', '', 'b c'] },
    script: (s) => {
      const steps = [s.call(GET_ARGUMENTS), s.call(GET_ARGUMENTS), s.call(GET_ARGUMENTS)];
      s.check('the answers are the same', steps, ({ values }) => alike(values));
    },
  },
  {
    ...P2,
    id: 'get-arguments/ten-thousand',
    title: 'A guest that is given ten thousand arguments can be started, and asks for them itself',
    spec: ENVIRONMENT.arguments,
    world: { args: many(10_000, String) },
    // The probe asks for its arguments before the script begins.
    script: (s) => s.expect(s.call(INITIAL_CWD), PATH_OR_NONE),
  },
];

const alike = (values: readonly unknown[]): true | string => {
  const texts = values.map((value) => JSON.stringify(value));
  return new Set(texts).size === 1 || texts.map(shortened).join(', then ');
};

const PATH_OR_NONE = ok(
  'none, or a path',
  (value) => value === null || (typeof value === 'string' && value !== ''),
);

const cwd: ConformanceCase[] = [
  {
    ...P2,
    id: 'initial-cwd/same',
    title: 'The initial working directory is a path or none, and the same each time it is asked for',
    spec: ENVIRONMENT.cwd,
    world: { preopens: [{ guest: '/' }] },
    script: (s) => {
      const steps = [s.call(INITIAL_CWD), s.call(INITIAL_CWD)];
      for (const step of steps) s.expect(step, PATH_OR_NONE);
      s.check('the answers are the same', steps, ({ values }) => alike(values));
    },
  },
];

export const environmentP2: ConformanceCase[] = [...givenArguments, ...givenVariables, ...lasting, ...cwd];
