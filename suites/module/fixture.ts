/** Writes a case of a fixture in short. */

import type { FixtureEnd } from '../../harness/contracts/fixture.ts';
import type { FixtureCase } from '../../harness/contracts/suite.ts';

type Told = Pick<FixtureCase, 'title' | 'spec'>;

/** A fixture that can end in one way; its id is what it is about, then the rest of the file's name. */
export function must(wasi: 'p1' | 'p2', id: string, told: Told, end: FixtureEnd): FixtureCase {
  return { ...told, wasi, id, guest: guestOf(wasi, id), fixture: { ends: [end] } };
}

/** A fixture of which the text leaves open how it ends; `why` says which text. */
export function may(
  wasi: 'p1' | 'p2',
  id: string,
  told: Told,
  why: string,
  ...ends: [FixtureEnd, FixtureEnd, ...FixtureEnd[]]
): FixtureCase {
  return { ...told, wasi, id, guest: guestOf(wasi, id), fixture: { ends, ambiguity: why } };
}

const guestOf = (wasi: string, id: string) => `wat-${wasi}-${id.replace('/', '-')}`;
