/** Owns which of a preview 2 guest's standard streams are terminals: those that are, and no others. */

import { ok } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { World } from '../../harness/contracts/world.ts';
import {
  GET_STDOUT,
  GET_TERMINAL_STDERR,
  GET_TERMINAL_STDIN,
  GET_TERMINAL_STDOUT,
  TERMINAL_INPUT,
  TERMINAL_OUTPUT,
} from './functions-p2.ts';
import { TERMINAL } from './spec.ts';
import { arrives, getOutput, say } from './stdout-p2.ts';

const P2 = { wasi: 'p2', guest: 'probe-p2-cli' } as const;

/** "If stdin is connected to a terminal, return a `terminal-input` handle": else the option is none. */
const none = ok('none', (value) => value === null);
const handle = ok('a handle', (value) => value !== null);

/** What is no terminal. Standard error always is a regular file here: the one of the records. */
const ABSENT: readonly { id: string; title: string; spec: string; name: string; world?: World }[] = [
  ...[
    { id: 'null', words: 'the null device', stdin: 'null' as const },
    { id: 'file', words: 'a file', stdin: { kind: 'file', content: 'x' } as const },
    { id: 'pipe', words: 'a pipe', stdin: { kind: 'pipe', content: 'x' } as const },
  ].map(({ id, words, stdin }) => ({
    id: `get-terminal-stdin/${id}`,
    title: `Standard input that is ${words} is no terminal`,
    spec: TERMINAL.stdin,
    name: GET_TERMINAL_STDIN,
    world: { stdin },
  })),
  ...[
    { id: 'file', words: 'a file', stdout: 'file' as const },
    { id: 'pipe', words: 'a pipe', stdout: 'pipe' as const },
  ].map(({ id, words, stdout }) => ({
    id: `get-terminal-stdout/${id}`,
    title: `Standard output that is ${words} is no terminal`,
    spec: TERMINAL.stdout,
    name: GET_TERMINAL_STDOUT,
    world: { stdout },
  })),
  {
    id: 'get-terminal-stderr/file',
    title: 'Standard error that is a file is no terminal',
    spec: TERMINAL.stderr,
    name: GET_TERMINAL_STDERR,
  },
];

const absent = ABSENT.map(
  ({ name, ...row }): ConformanceCase => ({
    ...P2,
    ...row,
    script: (s) => s.expect(s.call(name), none),
  }),
);

/** Asks twice, drops both, and asks again. */
function comesAndGoes(s: ScriptBuilder, name: string, kind: string): void {
  const steps = [s.call(name), s.call(name)];
  for (const step of steps) s.expect(step, handle);
  // The payload of the option lies behind its tag.
  for (const { area } of steps) s.expect(s.drop(kind, { expression: `u32[${area.expression}+4]` }), ok());
  s.expect(s.call(name), handle);
}

const present: ConformanceCase[] = [
  {
    ...P2,
    id: 'get-terminal-stdin/terminal',
    title:
      'Standard input that is a terminal is one, each time that it is asked for, and handles can be dropped',
    spec: TERMINAL.stdin,
    needs: ['terminal'],
    world: { stdin: { kind: 'terminal', content: '' } },
    script: (s) => comesAndGoes(s, GET_TERMINAL_STDIN, TERMINAL_INPUT),
  },
  {
    ...P2,
    id: 'get-terminal-stdout/terminal',
    title:
      'Standard output that is a terminal is one, each time that it is asked for, and handles can be dropped',
    spec: TERMINAL.stdout,
    needs: ['terminal'],
    world: { stdout: 'terminal' },
    script: (s) => comesAndGoes(s, GET_TERMINAL_STDOUT, TERMINAL_OUTPUT),
  },
  {
    ...P2,
    id: 'get-terminal-stdout/beside-one',
    title: 'Standard output and error that are files are no terminals beside an input that is one',
    spec: TERMINAL.stdout,
    needs: ['terminal'],
    world: { stdin: { kind: 'terminal', content: '' }, stdout: 'file' },
    script: (s) => {
      s.expect(s.call(GET_TERMINAL_STDOUT), none);
      s.expect(s.call(GET_TERMINAL_STDERR), none);
    },
  },
  {
    ...P2,
    id: 'get-terminal-stdin/beside-one',
    title: 'Standard input that is the null device is no terminal beside an output that is one',
    spec: TERMINAL.stdin,
    needs: ['terminal'],
    world: { stdin: 'null', stdout: 'terminal' },
    script: (s) => s.expect(s.call(GET_TERMINAL_STDIN), none),
  },
  {
    ...P2,
    id: 'get-terminal-stdout/both',
    title:
      'Where input and output are one terminal both are one, and writing goes on when the handles are dropped',
    spec: TERMINAL.stdout,
    needs: ['terminal'],
    world: { stdin: { kind: 'terminal', content: '' }, stdout: 'terminal' },
    script: (s) => {
      const stdout = getOutput(s, GET_STDOUT);
      say(s, stdout, 'before ');
      comesAndGoes(s, GET_TERMINAL_STDIN, TERMINAL_INPUT);
      comesAndGoes(s, GET_TERMINAL_STDOUT, TERMINAL_OUTPUT);
      arrives(s, say(s, stdout, 'after'), Buffer.from('before after'));
    },
  },
];

export const terminalP2: ConformanceCase[] = [...absent, ...present];
