/** What the words of options and configuration come to; without words, what is taken then. */

import type { Choice } from '../contracts/config.ts';
import type { Runner } from '../contracts/runner.ts';
import type { Suite } from '../contracts/suite.ts';
import { allRunners, type Catalog, findRunners, findSuite, type RunnerCatalog } from './catalog.ts';

/** The runners of the choices, each once; without choices all there are. Throws a UserError for a word that names none. */
export function chosenRunners(catalog: RunnerCatalog, choices: readonly Choice[] | undefined): Runner[] {
  return choices ? findRunners(catalog, choices) : allRunners(catalog).map(({ item }) => item);
}

/** As `chosenRunners`, but a floor, which is no runtime, takes part only where it is named or `withFloors` says so. */
export function measuredRunners(
  catalog: RunnerCatalog,
  choices: readonly Choice[] | undefined,
  { withFloors = false } = {},
): Runner[] {
  return chosenRunners(catalog, choices).filter(({ isFloor }) => choices || withFloors || !isFloor);
}

/** The suites of the choices, each once; without choices all there are. Throws a UserError for a word that names none. */
export function chosenSuites(catalog: Catalog, choices: readonly Choice[] | undefined): Suite[] {
  return choices
    ? [...new Set(choices.map((choice) => findSuite(catalog, choice)))]
    : [...catalog.suites.byId.values()].map(({ item }) => item);
}
