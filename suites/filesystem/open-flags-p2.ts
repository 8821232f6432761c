/** Owns preview 2's `open-at` with every combination of open flags, for reading and writing, on every kind of target, following links and not. */

import { ok } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { FileTree } from '../../harness/contracts/world.ts';
import { GET_TYPE, OPEN_AT } from './functions-p2.ts';
import { ACCESS, type Asked, OPEN_FLAGS, type OpenFlag, outcomeOf } from './open-outcomes-p2.ts';
import { type Effect, TARGET_WORDS, TARGETS, type Target, treeFor } from './open-targets.ts';
import { FOLLOW, P2, preopen, preopening } from './opening-p2.ts';
import { TYPES } from './spec-p2.ts';
import { drawn } from './tree.ts';

const COMBINATIONS: readonly OpenFlag[][] = Array.from({ length: 16 }, (_, bits) =>
  OPEN_FLAGS.filter((_flag, index) => bits & (1 << index)),
);

/** Each way to open one target in a case has a target of its own. */
const WAYS = [true, false].flatMap((follow) =>
  ACCESS.map((access) => ({
    follow,
    access,
    suffix: `${access.join('-')}.${follow ? 'followed' : 'not-followed'}`,
  })),
);

/** `treeFor` drawn as it is after the call. */
function linesAfter(name: string, target: Target, effect: Effect): string[] {
  const plain = target === 'absent' || target === 'file' || target === 'directory';
  const end = plain ? name : `${name}.end`;
  const link = plain ? [] : [`${name} -> ${end}`];
  if (effect === 'created' || effect === 'truncated') return [...link, `${end} = `];
  if (target === 'file' || target === 'link-to-file') return [...link, `${end} = content`];
  return target === 'directory' || target === 'link-to-directory' ? [...link, `${end}/`] : link;
}

/** Opens `name`, expects what must come of it, and looks at what was opened and at what stands on the host. */
function tryOpening(
  s: ScriptBuilder,
  base: Slot,
  name: string,
  target: Target,
  asked: Asked,
  access: readonly string[],
): void {
  const { expectation, effect } = outcomeOf(asked, target);
  const opened = s.call(OPEN_AT, base, asked.follow ? FOLLOW : [], name, asked.open, access);
  s.expect(opened, expectation);
  if (expectation.asserts === 'ok') {
    const type = target.endsWith('directory') ? 'directory' : 'regular-file';
    s.expect(
      s.call(GET_TYPE, opened.value),
      ok(type, (value) => value === type),
    );
  }
  if (effect === 'open') return;
  const lines = linesAfter(name, target, effect);
  s.after(`the host then sees ${lines.join(', ') || 'nothing'} of it`, [], (seen) => {
    const own = seen.after[0]?.preopens[0]?.filter(({ path }) => path === name || path === `${name}.end`);
    const drawing = own?.map(drawn).toSorted().join(', ');
    return drawing === lines.toSorted().join(', ') || `it sees ${drawing || 'nothing'}`;
  });
}

function caseOf(open: readonly OpenFlag[], targets: readonly Target[], on: string): ConformanceCase {
  const what = targets.length > 1 ? 'what is there or not' : TARGET_WORDS[targets[0]!];
  return {
    ...P2,
    id: `descriptor.open-at/${open.join('-') || 'no-flags'}-on-${on}`,
    title: `Opening ${what} with ${open.join(', ') || 'no flags'} comes to what they say, for reading and writing, links followed or not`,
    spec: TYPES.openFlags,
    world: preopening(
      Object.assign(
        {},
        ...targets.flatMap((target) => WAYS.map(({ suffix }) => treeFor(`${target}.${suffix}`, target))),
      ) as FileTree,
    ),
    script: (s) => {
      const base = preopen(s);
      for (const target of targets)
        for (const { follow, access, suffix } of WAYS) {
          const asked = { open, follow, write: access.includes('write') };
          tryOpening(s, base, `${target}.${suffix}`, target, asked, access);
        }
    },
  };
}

/** Combinations that POSIX leaves undefined: every target in one case. */
const isLoose = (flags: readonly OpenFlag[]) =>
  flags.includes('create') ? flags.includes('directory') : flags.includes('exclusive');

export const openFlagsP2: ConformanceCase[] = COMBINATIONS.flatMap((flags) =>
  isLoose(flags)
    ? [caseOf(flags, TARGETS, 'anything')]
    : TARGETS.map((target) => caseOf(flags, [target], target)),
);
