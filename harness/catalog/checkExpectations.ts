/** Refuses expectations that speak of cases which there are not. */

import { UserError } from '../contracts/failure.ts';
import type { Suite } from '../contracts/suite.ts';
import { unknownWord } from '../userFiles/unknownWord.ts';
import { allRunners, type Catalog } from './catalog.ts';
import { type ExpectedFailure, readExpectations, shownFile } from './expectations.ts';

/**
 * Reads the file of each runner of the catalog. Throws a UserError that names file and entry for one without a reason or link, and for
 * one about a suite or case that there is not.
 */
export function checkExpectations(catalog: Catalog): void {
  const suites = new Map([...catalog.suites.byId].map(([id, { item }]) => [id, item]));
  for (const { item } of allRunners(catalog)) {
    const shown = shownFile(item);
    for (const [index, one] of readExpectations(item).expectations.entries()) {
      const suite = suites.get(one.suite);
      const where = `${shown} at expectations.${index}`;
      if (!suite) throw unknownWord('suite', one.suite, [...suites.keys()], `${where}.suite`);
      if (!speaksOf(one, suite))
        throw new UserError(
          `${where}: suite '${suite.id}' has no case '${one.case}' for ${one.wasi}: correct it, or have it removed by 'wasimeter expectations update'`,
        );
    }
  }
}

/** Whether an expectation is about a case of the suite. */
export const speaksOf = (one: ExpectedFailure, suite: Suite): boolean =>
  suite.conformance.some(({ id, wasi }) => id === one.case && wasi === one.wasi);
