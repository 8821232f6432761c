/** Owns what becomes of preview 2 components: starting, linking, and what is composed of several. */

import { ends, refused, traps } from '../../harness/contracts/fixture.ts';
import type { FixtureCase } from '../../harness/contracts/suite.ts';
import { may, must } from './fixture.ts';
import { COMPONENT, CORE, RUN } from './spec.ts';

const HOST_TYPES =
  'a component is instantiated with imports of a subtype of what it asks for; but no text lays down how an embedder whose functions have no types of their own checks that';
const UNCALLED =
  'a host may put something in the place of a function that it lacks, which matters only when it is called';
const NO_RUN = 'it is no component of the world `command`, and no text says what a host does with another';

export const componentsP2: FixtureCase[] = [
  must('p2', 'command', { title: 'A command whose `run` returns success ends with 0', spec: RUN }, ends(0)),
  must(
    'p2',
    'command/fails',
    { title: 'A command whose `run` returns an error ends with 1', spec: RUN },
    ends(1),
  ),
  must('p2', 'command/trap', { title: 'A trap in `run` ends the command', spec: CORE.unreachable }, traps()),
  must('p2', 'command/once', { title: 'A command is started once', spec: RUN }, ends(0)),
  must(
    'p2',
    'invalid-result',
    { title: 'A `run` that returns neither success nor error traps', spec: COMPONENT.flat },
    traps(),
  ),
  must(
    'p2',
    'start-function/traps',
    {
      title: 'A trap in the start function of a core module ends the instantiation',
      spec: CORE.instantiation,
    },
    traps(),
  ),
  must(
    'p2',
    'data-out-of-bounds',
    {
      title: 'A data segment that does not fit into the memory of a core module traps',
      spec: CORE.instantiation,
    },
    traps(),
  ),
  may(
    'p2',
    'import/missing-interface',
    {
      title: 'A component that imports an interface which no specification knows is refused',
      spec: COMPONENT.imports,
    },
    UNCALLED,
    refused,
    ends(0),
  ),
  may(
    'p2',
    'import/missing-function',
    {
      title: 'A component that imports a function which the interface does not have is refused',
      spec: COMPONENT.subtyping,
    },
    UNCALLED,
    refused,
    ends(0),
  ),
  may(
    'p2',
    'import/wrong-type',
    {
      title: 'A component that imports a function with another result is refused',
      spec: COMPONENT.subtyping,
    },
    HOST_TYPES,
    refused,
    ends(0),
  ),
  may(
    'p2',
    'no-run',
    { title: 'A component that exports nothing is refused, or left alone', spec: RUN },
    NO_RUN,
    refused,
    ends(0),
  ),
  must(
    'p2',
    'two-instances',
    {
      title: 'Two instances of one core module have memories and globals of their own',
      spec: COMPONENT.instances,
    },
    ends(0),
  ),
  must(
    'p2',
    'composed',
    { title: 'A component calls another that it is composed with', spec: COMPONENT.instances },
    ends(0),
  ),
  must(
    'p2',
    'composed/twice',
    { title: 'Two instances of one component have a state of their own', spec: COMPONENT.instances },
    ends(0),
  ),
  must(
    'p2',
    'composed/trap',
    { title: 'A trap in a component that is called ends the caller too', spec: COMPONENT.lift },
    traps(),
  ),
];
