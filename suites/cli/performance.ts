/** Owns what arguments, environment, standard streams and yielding cost in both previews. */

import type { Bench, BenchWorld, LatencyCase, Suite } from '../../harness/contracts/suite.ts';
import {
  DROP_TERMINAL_INPUT,
  DROP_TERMINAL_OUTPUT,
  EXIT,
  EXIT_WITH_CODE,
  GET_ARGUMENTS,
  GET_ENVIRONMENT,
  GET_STDERR,
  GET_STDIN,
  GET_STDOUT,
  GET_TERMINAL_STDERR,
  GET_TERMINAL_STDIN,
  GET_TERMINAL_STDOUT,
  INITIAL_CWD,
} from './functions-p2.ts';

const VARIABLES = 10;

const VARIED: BenchWorld = {
  id: 'environment',
  env: Object.fromEntries(
    Array.from({ length: VARIABLES }, (_, index) => [`NAME_${index}`, `value ${index}`]),
  ),
};

/** The probe's own arguments, its script among them, are of 32 KiB at most. */
const ARGUMENTS_BYTES = 40 * 1024;
const POINTERS_BYTES = 64;

const ofPreview1: Bench[] = [
  {
    id: 'args_get',
    title: 'Copying out the three arguments of a probe',
    bench: (s) => s.time('args_get', [s.alloc(POINTERS_BYTES), s.alloc(ARGUMENTS_BYTES)]),
  },
  {
    id: 'args_sizes_get',
    title: 'Asking how many arguments there are, and how long',
    bench: (s) => s.time('args_sizes_get', []),
  },
  {
    id: 'environ_get',
    title: `Copying out ${VARIABLES} environment variables`,
    parameters: { variables: VARIABLES },
    bench: (s) => s.time('environ_get', [s.alloc(POINTERS_BYTES), s.alloc(1024)]),
  },
  {
    id: 'environ_sizes_get',
    title: 'Asking how many environment variables there are, and how long',
    parameters: { variables: VARIABLES },
    bench: (s) => s.time('environ_sizes_get', []),
  },
  {
    id: 'sched_yield',
    native: 'sched_yield',
    title: 'Yielding; some runtimes really do, and then others get the core',
    bench: (s) => s.time('sched_yield', []),
  },
];

const ofPreview2: Bench[] = [
  {
    id: 'get-arguments',
    title: 'Copying out the three arguments of a probe',
    bench: (s) => s.time(GET_ARGUMENTS, []),
  },
  {
    id: 'get-environment',
    title: `Copying out ${VARIABLES} environment variables`,
    parameters: { variables: VARIABLES },
    bench: (s) => s.time(GET_ENVIRONMENT, []),
  },
  { id: 'initial-cwd', title: 'Asking for the working directory', bench: (s) => s.time(INITIAL_CWD, []) },
  ...[
    { id: 'get-stdin', name: GET_STDIN, words: 'standard input' },
    { id: 'get-stdout', name: GET_STDOUT, words: 'standard output' },
    { id: 'get-stderr', name: GET_STDERR, words: 'standard error' },
  ].map(
    ({ id, name, words }): Bench => ({
      id,
      title: `Getting the stream of ${words} and dropping it`,
      bench: (s) => s.time(name, [], { drop: true }),
    }),
  ),
  ...[
    { id: 'get-terminal-stdin', name: GET_TERMINAL_STDIN, words: 'input' },
    { id: 'get-terminal-stdout', name: GET_TERMINAL_STDOUT, words: 'output' },
    { id: 'get-terminal-stderr', name: GET_TERMINAL_STDERR, words: 'error' },
  ].map(
    ({ id, name, words }): Bench => ({
      id,
      title: `Asking whether standard ${words} is a terminal, which it is not`,
      bench: (s) => s.time(name, []),
    }),
  ),
];

export const performance: LatencyCase[] = [
  ...ofPreview1.map((one) => ({ ...one, wasi: 'p1', guest: 'probe-p1' }) as const),
  ...ofPreview2.map((one) => ({ ...one, wasi: 'p2', guest: 'probe-p2-cli' }) as const),
].map((one) => ({ ...one, world: VARIED, metric: 'latency' }));

const ENDS = 'it ends the guest: what an end costs is in the startup suite, to the exit';
const NO_TERMINAL = 'there is nothing to drop where no stream is a terminal, as in a timed process';

export const untimed: NonNullable<Suite['untimed']> = [
  { wasi: 'p1', function: 'proc_exit', reason: ENDS },
  { wasi: 'p1', function: 'proc_raise', reason: 'it ends the guest, or is refused' },
  { wasi: 'p2', function: EXIT, reason: ENDS },
  { wasi: 'p2', function: EXIT_WITH_CODE, reason: ENDS },
  { wasi: 'p2', function: DROP_TERMINAL_INPUT, reason: NO_TERMINAL },
  { wasi: 'p2', function: DROP_TERMINAL_OUTPUT, reason: NO_TERMINAL },
];
