/** Owns `path_open` with every combination of open flags, on every kind of target, following links and not. */

import { ok } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { FileTree } from '../../harness/contracts/world.ts';
import { OFLAGS, type Oflag, outcomeOf } from './open-outcomes-p1.ts';
import { TARGET_WORDS, TARGETS, type Target, treeFor } from './open-targets.ts';
import { DIRECTORY } from './opening-p1.ts';
import { p1Docs } from './spec.ts';
import { drawn } from './tree.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1' } as const;

const COMBINATIONS: readonly Oflag[][] = Array.from({ length: 16 }, (_, bits) =>
  OFLAGS.filter((_flag, index) => bits & (1 << index)),
);

/** Reading only, unless the file's size is to change: POSIX leaves O_TRUNC without writing open. */
const rightsFor = (flags: readonly Oflag[]) =>
  flags.includes('trunc') ? ['fd_read', 'fd_write', 'fd_filestat_get'] : ['fd_read', 'fd_filestat_get'];

/** The same, drawn as it is after the call. */
function linesAfter(name: string, target: Target, flags: readonly Oflag[], follow: boolean): string[] {
  const { effect } = outcomeOf(flags, target, follow);
  const end = target === 'absent' || target === 'file' || target === 'directory' ? name : `${name}.end`;
  const link = end === name ? [] : [`${name} -> ${end}`];
  if (effect === 'created' || effect === 'truncated') return [...link, `${end} = `];
  if (target === 'file' || target === 'link-to-file') return [...link, `${end} = content`];
  return target === 'directory' || target === 'link-to-directory' ? [...link, `${end}/`] : link;
}

/** Opens `name`, expects what must come of it, and looks at what was opened and at what stands on the host. */
function tryOpening(
  s: ScriptBuilder,
  name: string,
  target: Target,
  flags: readonly Oflag[],
  follow: boolean,
): void {
  const lookup = follow ? ['symlink_follow'] : [];
  const { expectation, effect } = outcomeOf(flags, target, follow);
  const opened = s.call('path_open', DIRECTORY, lookup, name, flags, rightsFor(flags), [], []);
  s.expect(opened, expectation);
  if (expectation.asserts === 'ok') {
    const type = target.endsWith('directory') ? 'directory' : 'regular_file';
    s.expect(
      s.call('fd_filestat_get', opened.value),
      ok(`a ${type}`, (value) => (value as { filetype: string; size: bigint }).filetype === type),
    );
  }
  if (effect === 'open') return;
  const lines = linesAfter(name, target, flags, follow);
  s.after(`the host then sees ${lines.join(', ') || 'nothing'} of it`, [], (seen) => {
    const own = seen.after[0]?.preopens[0]?.filter(({ path }) => path === name || path === `${name}.end`);
    const found = own?.map(drawn).toSorted().join(', ');
    return found === lines.toSorted().join(', ') || `it sees ${found || 'nothing'}`;
  });
}

const FOLLOWED = 'followed';
const NOT_FOLLOWED = 'not-followed';

function caseOf(flags: readonly Oflag[], targets: readonly Target[], on: string): ConformanceCase {
  const named = flags.join('-') || 'no-flags';
  return {
    ...P1,
    id: `path_open/${named}-on-${on}`,
    title: `Opening ${targets.length > 1 ? 'what is there or not' : TARGET_WORDS[targets[0]!]} with ${flags.length === 0 ? 'no flags' : flags.join(', ')} comes to what the flags say, whether links are followed or not`,
    spec: p1Docs('oflags'),
    world: {
      preopens: [
        {
          guest: '/',
          entries: Object.assign(
            {},
            ...targets.flatMap((target) => [
              treeFor(`${target}.${FOLLOWED}`, target),
              treeFor(`${target}.${NOT_FOLLOWED}`, target),
            ]),
          ) as FileTree,
        },
      ],
    },
    script: (s) => {
      for (const target of targets) {
        tryOpening(s, `${target}.${FOLLOWED}`, target, flags, true);
        tryOpening(s, `${target}.${NOT_FOLLOWED}`, target, flags, false);
      }
    },
  };
}

/** Combinations that POSIX leaves undefined: every target in one case. */
const isLoose = (flags: readonly Oflag[]) =>
  flags.includes('creat') ? flags.includes('directory') : flags.includes('excl');

export const openFlagsP1: ConformanceCase[] = COMBINATIONS.flatMap((flags) =>
  isLoose(flags)
    ? [caseOf(flags, TARGETS, 'anything')]
    : TARGETS.map((target) => caseOf(flags, [target], target)),
);
