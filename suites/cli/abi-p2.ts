/** Owns the canonical ABI's demands on preview 2's cli functions: bad places, forged handles, a misbehaving `realloc`. */

import { abiCases } from '../../harness/contracts/abiFaults.ts';
import { cases, handle } from '../../harness/contracts/abiParams.ts';
import type { AbiTable } from '../../harness/contracts/abiTable.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';

const ENVIRONMENT = 'wasi:cli/environment#get-environment';
const ARGUMENTS = 'wasi:cli/environment#get-arguments';
const INITIAL_CWD = 'wasi:cli/environment#initial-cwd';

const STRINGS = { sizeBytes: 8, align: 4 };
/** `option<own<T>>`. */
const MAYBE_TERMINAL = { sizeBytes: 8, align: 4 };

/** None can be had here, where no stream is a terminal. */
const terminal = (kind: string) => handle({ kind: `wasi:cli/${kind}#${kind}` });

export const abiTableP2: AbiTable = {
  guest: 'probe-p2-cli',
  world: { env: { NAME: 'value' } },
  functions: [
    {
      name: ENVIRONMENT,
      params: {},
      place: STRINGS,
      returned: { align: 4, prepare: (s) => () => s.call(ENVIRONMENT) },
      all: ['place', 'realloc'],
    },
    {
      name: ARGUMENTS,
      params: {},
      place: STRINGS,
      returned: { align: 4, prepare: (s) => () => s.call(ARGUMENTS) },
    },
    {
      name: INITIAL_CWD,
      params: {},
      place: { sizeBytes: 12, align: 4 },
      returned: {
        align: 1,
        prepare: (s) => () => s.call(INITIAL_CWD),
        maybeNone:
          'it returns `option<string>`, and its text does not say when there is "a path that programs should use"',
      },
    },
    { name: 'wasi:cli/exit#exit', params: { status: cases(2, [0]) }, ends: true, all: ['cases'] },
    ...['stdin', 'stdout', 'stderr'].map((stream) => ({
      name: `wasi:cli/terminal-${stream}#get-terminal-${stream}`,
      params: {},
      place: MAYBE_TERMINAL,
    })),
    ...['terminal-input', 'terminal-output'].map((kind) => ({
      name: `wasi:cli/${kind}#[resource-drop]${kind}`,
      params: { self: terminal(kind) },
    })),
  ],
};

export const abiP2: ConformanceCase[] = abiCases(abiTableP2);
