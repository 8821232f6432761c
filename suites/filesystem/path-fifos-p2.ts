/** Owns that preview 2's functions on paths work on a FIFO by its name and never wait for somebody at its other end. */

import { type Expectation, err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import {
  CREATE_DIRECTORY_AT,
  LINK_AT,
  METADATA_HASH_AT,
  OPEN_AT,
  READLINK_AT,
  RENAME_AT,
  SET_TIMES_AT,
  STAT_AT,
  SYMLINK_AT,
  UNLINK_FILE_AT,
} from './functions-p2.ts';
import { FOLLOW, P2, preopen, preopening } from './opening-p2.ts';
import { SOME_TIMES } from './path-calls-p2.ts';
import { FUNCTION, TYPES } from './spec-p2.ts';
import { drawn, leaves } from './tree.ts';

const FIFO = 'fifo (fifo)';
const CASE = { ...P2, world: preopening({ fifo: { kind: 'fifo' } }) };
/** Nobody has the FIFO open: a runtime that opens it on the way waits for ever, as is known of these. */
const IMPATIENT: readonly string[] = ['open-at', 'set-times-at'];

const NO_FILE =
  'linkat of POSIX makes a second name of a FIFO as of any other file; but later texts of 0.2 have it that link-at fails "with `error-code::not-permitted` if the old path is not a file", and do not say what else is one';

const CALLS: readonly {
  name: string;
  spec: string;
  steps: readonly ((s: ScriptBuilder, base: Slot) => readonly [Step, Expectation])[];
  /** What is then there; the FIFO unless given. */
  left?: readonly string[];
  /** Where it fails, the FIFO alone is there. */
  mayBeRefused?: true;
}[] = [
  {
    name: 'stat-at',
    spec: FUNCTION.statAt,
    steps: [[], FOLLOW].map((flags) => (s, base) => [s.call(STAT_AT, base, flags, 'fifo'), ok()]),
  },
  {
    name: 'metadata-hash-at',
    spec: FUNCTION.metadataHashAt,
    steps: [[], FOLLOW].map((flags) => (s, base) => [s.call(METADATA_HASH_AT, base, flags, 'fifo'), ok()]),
  },
  {
    name: 'set-times-at',
    spec: FUNCTION.setTimesAt,
    steps: [[], FOLLOW].map((flags) => (s, base) => [
      s.call(SET_TIMES_AT, base, flags, 'fifo', ...SOME_TIMES),
      ok(),
    ]),
  },
  {
    name: 'link-at',
    spec: FUNCTION.linkAt,
    steps: [
      (s, base) => [
        s.call(LINK_AT, base, [], 'fifo', base, 'made'),
        oneOf(NO_FILE, ok(), err('not-permitted')),
      ],
    ],
    left: [FIFO, 'made (fifo)'],
    mayBeRefused: true,
  },
  {
    name: 'rename-at',
    spec: FUNCTION.renameAt,
    steps: [(s, base) => [s.call(RENAME_AT, base, 'fifo', base, 'made'), ok()]],
    left: ['made (fifo)'],
  },
  {
    name: 'unlink-file-at',
    spec: FUNCTION.unlinkFileAt,
    steps: [(s, base) => [s.call(UNLINK_FILE_AT, base, 'fifo'), ok()]],
    left: [],
  },
  {
    name: 'open-at',
    spec: TYPES.openFlags,
    steps: [
      // By these flags it is not to be had, whoever has its other end.
      (s, base) => [s.call(OPEN_AT, base, [], 'fifo', ['create', 'exclusive'], ['read']), err('exist')],
      (s, base) => [s.call(OPEN_AT, base, [], 'fifo', ['directory'], ['read']), err('not-directory')],
    ],
  },
  {
    name: 'readlink-at',
    spec: FUNCTION.readlinkAt,
    steps: [
      (s, base) => [s.call(READLINK_AT, base, 'fifo'), err('invalid')],
      (s, base) => [s.call(READLINK_AT, base, 'fifo/link'), err('not-directory')],
      (s, base) => [s.call(SYMLINK_AT, base, 'text', 'fifo'), err('exist')],
      (s, base) => [s.call(CREATE_DIRECTORY_AT, base, 'fifo/made'), err('not-directory')],
    ],
  },
];

export const pathFifosP2: ConformanceCase[] = CALLS.map(
  ({ name, spec, steps, left = [FIFO], mayBeRefused }): ConformanceCase => ({
    ...CASE,
    id: `descriptor.${name}/fifo-unopened`,
    title: `The name of a FIFO is for ${name} a name like any other: nobody at its other end is waited for`,
    spec,
    ...(IMPATIENT.includes(name) ? { patience: 0.3 } : {}),
    script: (s) => {
      const base = preopen(s);
      const calls = steps.map((step) => {
        const [call, expected] = step(s, base);
        s.expect(call, expected);
        return call;
      });
      if (!mayBeRefused) leaves(s, left);
      else
        s.after('the host then sees what was made, and nothing else', calls, (seen) => {
          const found = seen.after[0]?.preopens[0]?.filter(({ path }) => path !== '').map(drawn) ?? [];
          const wanted = seen.values[0]?.kind === 'ok' ? left : [FIFO];
          return found.toSorted().join() === wanted.toSorted().join() || `it sees ${found.join(', ')}`;
        });
    },
  }),
);
