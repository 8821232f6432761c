/** Owns what preview 1's commands and reactors are called by, how often, and what an end means. */

import { ends, refused, traps } from '../../harness/contracts/fixture.ts';
import type { FixtureCase } from '../../harness/contracts/suite.ts';
import { may, must } from './fixture.ts';
import { CORE, P1_ABI, p1Docs } from './spec.ts';

const NO_COMMAND =
  'a module without a function `_start` is a reactor, and the text says nothing of starting one as a program';
const BOTH_KINDS = 'the kinds are mutually exclusive, but implementations only "should report an error"';
const IN_START_FUNCTION =
  'the core specification says of the start function that "the module and its exports are not accessible externally before this initialization has completed", and the memory that a call needs is such an export';

export const startingP1: FixtureCase[] = [
  must(
    'p1',
    'command',
    { title: 'A command is started by `_start` and ends with 0 when that returns', spec: P1_ABI },
    ends(0, 'hello\n'),
  ),
  must('p1', 'command/once', { title: 'A command is started once', spec: P1_ABI }, ends(0)),
  must(
    'p1',
    'command/only-start',
    { title: 'Of a command nothing but `_start` is called', spec: P1_ABI },
    ends(0),
  ),
  must(
    'p1',
    'command/trap',
    { title: 'A trap in `_start` ends the command; no export is called after it', spec: P1_ABI },
    traps('before\n'),
  ),
  must(
    'p1',
    'exit-does-not-return',
    { title: 'A call of `proc_exit` does not return', spec: p1Docs('proc_exit') },
    ends(0),
  ),
  must(
    'p1',
    'start-function',
    { title: 'The start function runs before `_start`', spec: CORE.instantiation },
    ends(0),
  ),
  must(
    'p1',
    'start-function/traps',
    {
      title: 'A trap in the start function ends the instantiation; `_start` is never called',
      spec: CORE.instantiation,
    },
    traps(),
  ),
  may(
    'p1',
    'start-function/calls',
    {
      title: 'A call of WASI from the start function works, traps or fails the instantiation',
      spec: CORE.startFunction,
    },
    IN_START_FUNCTION,
    ends(0, 'from the start function\n'),
    traps(),
    refused,
  ),
  may(
    'p1',
    'start-function/exits',
    {
      title: 'A `proc_exit` in the start function exits, traps or fails the instantiation',
      spec: CORE.startFunction,
    },
    IN_START_FUNCTION,
    ends(3),
    traps(),
    refused,
  ),
  may(
    'p1',
    'reactor',
    {
      title: 'A reactor that is started as a program is initialized once, left alone, or refused',
      spec: P1_ABI,
    },
    NO_COMMAND,
    ends(0, 'initialized\n'),
    ends(0),
    refused,
  ),
  may(
    'p1',
    'reactor/and-command',
    { title: 'A module that declares itself to be of both kinds is refused', spec: P1_ABI },
    BOTH_KINDS,
    refused,
    ends(0),
  ),
  may(
    'p1',
    'nothing',
    { title: 'A module that exports nothing is left alone or refused', spec: P1_ABI },
    NO_COMMAND,
    ends(0),
    refused,
  ),
  may(
    'p1',
    'start-no-function',
    { title: 'A module whose `_start` is no function is left alone or refused', spec: P1_ABI },
    NO_COMMAND,
    ends(0),
    refused,
  ),
];
