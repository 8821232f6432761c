/** Owns what becomes of preview 1 modules that do not decode, validate or link. */

import { ends, refused, traps } from '../../harness/contracts/fixture.ts';
import type { FixtureCase } from '../../harness/contracts/suite.ts';
import { may, must } from './fixture.ts';
import { CORE } from './spec.ts';

const HOST_TYPES =
  'instantiation fails where an import has another type; but an embedder may make a host function anew for each import, of the very type that is asked for, as the JavaScript embedding lays down';
const OTHER_MODULES =
  'no text of WASI says what else an environment may provide, or whether it may put something in the place of what it lacks that traps when it is called';
const LATER_VALIDATION =
  'an implementation may validate a function only when it is first called, and a function that turns out to be invalid then traps';
const OLDER_PREVIEW = 'no text says whether an environment for preview 1 also provides the preview before it';

export const loadingP1: FixtureCase[] = [
  must(
    'p1',
    'malformed/magic',
    { title: 'What does not begin as WebAssembly is refused', spec: CORE.module },
    refused,
  ),
  must(
    'p1',
    'malformed/version',
    { title: 'A module of a version that does not exist is refused', spec: CORE.module },
    refused,
  ),
  must(
    'p1',
    'malformed/section',
    { title: 'A module that ends within a section is refused', spec: CORE.module },
    refused,
  ),
  must(
    'p1',
    'invalid/export',
    { title: 'A module that exports two things by one name is refused', spec: CORE.exports },
    refused,
  ),
  may(
    'p1',
    'invalid/function',
    {
      title: 'A module with an invalid function that is never called is refused, or runs',
      spec: CORE.deferredValidation,
    },
    LATER_VALIDATION,
    refused,
    ends(0),
  ),
  may(
    'p1',
    'invalid/start',
    { title: 'A module with an invalid `_start` is refused, or traps', spec: CORE.deferredValidation },
    LATER_VALIDATION,
    refused,
    traps(),
  ),
  must(
    'p1',
    'import/missing-function',
    {
      title: 'A module that imports a function that preview 1 does not have is refused',
      spec: CORE.instantiation,
    },
    refused,
  ),
  must(
    'p1',
    'import/wrong-kind',
    { title: 'A module that imports a function as a global is refused', spec: CORE.instantiation },
    refused,
  ),
  may(
    'p1',
    'import/wrong-type',
    {
      title:
        'A module that imports a function with a parameter too few is refused, or runs while it does not call it',
      spec: CORE.instantiation,
    },
    HOST_TYPES,
    refused,
    ends(0),
  ),
  may(
    'p1',
    'import/wrong-result',
    {
      title:
        'A module that imports a function with another result is refused, or runs while it does not call it',
      spec: CORE.instantiation,
    },
    HOST_TYPES,
    refused,
    ends(0),
  ),
  may(
    'p1',
    'import/missing-module',
    {
      title:
        'A module that imports from a module which no specification knows is refused, or traps when it calls that',
      spec: CORE.instantiation,
    },
    OTHER_MODULES,
    refused,
    traps(),
  ),
  may(
    'p1',
    'import/unstable',
    { title: 'A module of the preview before preview 1 is refused, or runs', spec: CORE.instantiation },
    OLDER_PREVIEW,
    refused,
    ends(0, 'hello\n'),
  ),
  must(
    'p1',
    'data-out-of-bounds',
    {
      title: 'A data segment that does not fit into the memory traps; `_start` is never called',
      spec: CORE.instantiation,
    },
    traps(),
  ),
  must(
    'p1',
    'element-out-of-bounds',
    {
      title: 'An element segment that does not fit into the table traps; `_start` is never called',
      spec: CORE.instantiation,
    },
    traps(),
  ),
];
