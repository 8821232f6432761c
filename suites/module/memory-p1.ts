/** Owns what preview 1's calls do for modules whose memory is not as usual. */

import { ends, refused, traps } from '../../harness/contracts/fixture.ts';
import type { FixtureCase } from '../../harness/contracts/suite.ts';
import { may, must } from './fixture.ts';
import { CORE, P1_ABI, THREADS } from './spec.ts';

const NO_MEMORY =
  'modules accessing WASI APIs export a memory with the name `memory`; what becomes of one that does not, the text leaves open';
const LATER_FEATURE = 'several memories came with version 3 of the core specification; preview 1 names none';
const PROPOSAL = 'shared memories are of a proposal, which no environment has to know';

/** The call fails or succeeds in whatever memory there is. */
const ANY = [refused, traps(), ends(1), ends(2)] as const;

export const memoryP1: FixtureCase[] = [
  must(
    'p1',
    'memory/none',
    { title: 'A command that accesses no WASI API needs no memory', spec: P1_ABI },
    ends(0),
  ),
  may(
    'p1',
    'memory/none-yields',
    {
      title: 'A command without a memory calls a function that needs none, traps or is refused',
      spec: P1_ABI,
    },
    NO_MEMORY,
    ends(0),
    ends(1),
    traps(),
    refused,
  ),
  may(
    'p1',
    'memory/none-clock',
    {
      title:
        'A command without a memory that calls a function which writes is refused, traps or gets an error',
      spec: P1_ABI,
    },
    NO_MEMORY,
    refused,
    traps(),
    ends(1),
  ),
  may(
    'p1',
    'memory/hidden',
    {
      title: 'A command that keeps its memory to itself and calls a function which writes ends in some order',
      spec: P1_ABI,
    },
    NO_MEMORY,
    ...ANY,
  ),
  may(
    'p1',
    'memory/misnamed',
    {
      title:
        'A command that exports its memory by another name and calls a function which writes ends in some order',
      spec: P1_ABI,
    },
    NO_MEMORY,
    ...ANY,
  ),
  must(
    'p1',
    'memory/grown',
    { title: 'Calls see the pages by which the guest has grown its memory', spec: CORE.grow },
    ends(0, 'grown\n'),
  ),
  may(
    'p1',
    'memory/second',
    { title: 'Of two memories, calls use the one that is exported as `memory`', spec: P1_ABI },
    LATER_FEATURE,
    ends(0, 'second\n'),
    refused,
  ),
  may(
    'p1',
    'memory/shared',
    { title: 'Calls work on a shared memory, or the module is refused', spec: THREADS },
    PROPOSAL,
    ends(0, 'shared\n'),
    refused,
  ),
];
