/** Refuses cases that are about nothing: none of their calls is in an inventory. */

import { UserError } from '../contracts/failure.ts';
import { dropOf } from '../contracts/script.ts';
import type { ScriptCase, Suite } from '../contracts/suite.ts';
import { type SuiteSource, writtenAt } from './sourcePosition.ts';

/**
 * The suite, where it has an inventory for a case's WASI version, with scripts that throw a UserError when none of their calls is in it or
 * in that of another suite: a case of one interface may look at it through another's functions.
 */
export function coveringSuite(suite: Suite, all: readonly Suite[], source: SuiteSource): Suite {
  const pairs = all.flatMap(({ inventory }) => inventory);
  return {
    ...suite,
    conformance: suite.conformance.map((one, index) => {
      // A fixture calls what its text says, which nobody here reads.
      if (one.fixture || !suite.inventory.some(({ wasi }) => wasi === one.wasi)) return one;
      const functions = new Set(pairs.filter(({ wasi }) => wasi === one.wasi).map((pair) => pair.function));
      return { ...one, script: covering(one, functions, `conformance.${index} (${one.id})`, source) };
    }),
  };
}

function covering(
  one: ScriptCase,
  functions: ReadonlySet<string>,
  what: string,
  source: SuiteSource,
): ScriptCase['script'] {
  return (builder) => {
    let covers = false;
    const calls = (name: string) => {
      covers ||= functions.has(name);
    };
    one.script({
      ...builder,
      call: (name, ...args) => {
        calls(name);
        return builder.call(name, ...args);
      },
      raw: (name, args, show) => {
        calls(name);
        return builder.raw(name, args, show);
      },
      drop: (kind, handle) => {
        calls(dropOf(kind));
        return builder.drop(kind, handle);
      },
      exit: (code) => {
        calls(one.wasi === 'p1' ? 'proc_exit' : 'wasi:cli/exit#exit');
        return builder.exit(code);
      },
    });
    if (!covers)
      throw new UserError(
        `${writtenAt(one.id, source)}: ${what}: none of its calls is in an inventory for ${one.wasi}: let it call what it is about, or list that`,
      );
  };
}
