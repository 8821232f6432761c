/** Owns which arguments and which environment preview 1 hands out: all of them, whole, and no others. */

import { ok } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { shortened, TEXTS, VARIABLES } from './given.ts';
import { p1Docs } from './spec.ts';
import { ARGS, ask, ENVIRON } from './texts.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1' } as const;

const argumentCases = TEXTS.map(
  ({ id, words, args }): ConformanceCase => ({
    ...P1,
    id: `args_get/${id}`,
    title: `${words}: handed out whole, in order, NUL-terminated, of the very size that was told`,
    spec: p1Docs('args_get'),
    world: { args },
    script: (s) => {
      const asked = ask(s, ARGS, args);
      s.check(
        'the arguments are those given, behind at most the name of the program',
        asked.steps,
        (seen) => {
          const texts = asked.read(seen.values);
          if (typeof texts === 'string') return texts;
          if (texts.length > args.length + 1 || texts.length < args.length)
            return `${texts.length} arguments, ${args.length} were given`;
          const own = texts.slice(texts.length - args.length);
          const wrong = args.findIndex((text, index) => own[index] !== text);
          return (
            wrong < 0 || `argument ${wrong} is ${shortened(own[wrong])}, given was ${shortened(args[wrong])}`
          );
        },
      );
    },
  }),
);

const environmentCases = VARIABLES.map(
  ({ id, words, env }): ConformanceCase => ({
    ...P1,
    id: `environ_get/${id}`,
    title: `${words}: handed out as name=value, NUL-terminated, of the very size that was told, and no others`,
    spec: p1Docs('environ_get'),
    world: { env },
    script: (s) => {
      const given = Object.entries(env).map(([name, value]) => `${name}=${value}`);
      const asked = ask(s, ENVIRON, given);
      s.check('the variables are those given, in whatever order', asked.steps, (seen) => {
        const texts = asked.read(seen.values);
        if (typeof texts === 'string') return texts;
        if (texts.length !== given.length) return `${texts.length} variables, ${given.length} were given`;
        const handed = new Set(texts);
        const missing = given.find((text) => !handed.has(text));
        return missing === undefined || `${shortened(missing)} is missing, there is ${shortened(texts[0])}`;
      });
    },
  }),
);

/** Whoever asks for the sizes and then for the data relies on it. */
const lasting = [
  { functions: ARGS, world: { args: ['a', '', 'b c'] }, what: 'arguments' },
  { functions: ENVIRON, world: { env: { A: 'b', C: '' } }, what: 'variables' },
].map(
  ({ functions, world, what }): ConformanceCase => ({
    ...P1,
    id: `${functions.get}/again`,
    title: `The ${what} are the same when they are asked for a second time`,
    spec: p1Docs(functions.get),
    world,
    script: (s) => {
      const [first, second] = [ask(s, functions, ['', '', '']), ask(s, functions, ['', '', ''])];
      s.check('both answers are the same', [...first.steps, ...second.steps], ({ values }) => {
        const one = first.read(values.slice(0, first.steps.length));
        const other = second.read(values.slice(first.steps.length));
        if (typeof one === 'string') return one;
        return JSON.stringify(one) === JSON.stringify(other) || `first ${one.join()}, then ${String(other)}`;
      });
    },
  }),
);

/** A guest may yield at any time. */
const yields: ConformanceCase[] = [
  {
    ...P1,
    id: 'sched_yield/once',
    title: 'Yielding succeeds',
    spec: p1Docs('sched_yield'),
    script: (s) => s.expect(s.call('sched_yield'), ok()),
  },
  {
    ...P1,
    id: 'sched_yield/often',
    title: 'Yielding two thousand times succeeds each time',
    spec: p1Docs('sched_yield'),
    script: (s) => {
      const errors = s.alloc(8);
      s.loop(2_000, () => {
        const { result } = s.raw('sched_yield', []);
        s.store('u64', errors, { expression: `u64[${errors.expression}]+${result.expression}` });
      });
      const shown = s.show(errors, 8);
      s.expect(
        shown,
        ok('no error', (value) => value instanceof Uint8Array && value.every((byte) => byte === 0)),
      );
    },
  },
];

export const argumentsP1: ConformanceCase[] = [...argumentCases, ...environmentCases, ...lasting, ...yields];
