/** What a suite from outside needs besides its shape: cases told apart, guests that exist, mistakes in scripts that name their case. */

import { UserError } from '../contracts/failure.ts';
import type { ConformanceCase, PerformanceCase, Suite } from '../contracts/suite.ts';
import { unknownWord } from '../userFiles/unknownWord.ts';
import { type SuiteSource, thrownAt, withLongStacks } from './sourcePosition.ts';

/** The suite with what its scripts throw turned into a UserError naming file, line and case. Throws one for two cases of one name. */
export function userSuite(suite: Suite, source: SuiteSource): Suite {
  const { shown } = source;
  for (const list of ['conformance', 'performance'] as const) {
    const names = suite[list].map((one) => `${one.wasi} ${one.id}`);
    const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
    if (twice >= 0)
      throw new UserError(`${shown}: ${list}.${twice}: there is a case '${names[twice]}' before`);
  }
  return {
    ...suite,
    conformance: suite.conformance.map((one, index) =>
      one.fixture
        ? one
        : { ...one, script: naming(source, `conformance.${index} (${one.id})`, one.script.bind(one)) },
    ),
    performance: suite.performance.map((one, index) =>
      one.bench === undefined
        ? one
        : { ...one, bench: naming(source, `performance.${index} (${one.id})`, one.bench.bind(one)) },
    ),
  };
}

/** Scripts are written when a run is planned, not when a suite is loaded: this is then said before anything is run. */
function naming<Builder>(
  source: SuiteSource,
  what: string,
  write: (builder: Builder) => void,
): (builder: Builder) => void {
  return (builder) => {
    try {
      withLongStacks(() => write(builder));
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      throw new UserError(`${thrownAt(error, source)}: ${what}: ${said.replaceAll(/\s*\n\s*/g, ' ')}`, {
        cause: error,
      });
    }
  };
}

/** Throws a UserError for a case of a guest that is not there. */
export function checkGuests(suite: Suite, guests: ReadonlySet<string>, shown: string): void {
  const check = (list: string, cases: readonly (ConformanceCase | PerformanceCase)[]) => {
    const index = cases.findIndex((one) => !guests.has(one.guest));
    const stray = cases[index];
    if (stray) throw unknownWord('guest', stray.guest, [...guests], `${shown} at ${list}.${index}.guest`);
  };
  check('conformance', suite.conformance);
  check('performance', suite.performance);
}
