/** Fits timing blocks into a time budget: headline benchmarks first, then the others in their suites' order. */

import type { TimedCase, TimingBlock } from '../contracts/plan.ts';
import type { NotMeasured } from '../contracts/run.ts';
import { BATCHES_A_PASS } from '../script/benchScript.ts';

/** What a process costs besides its batches, and what a batch does with its controls, in seconds: as seen on two cores, halfway between the runtimes. */
const START_S = 0.12;
const BATCH_S = 0.0009;
/** Each pass looks once whether a batch still lasts long enough. */
const LOOKS_A_PASS = 1;

export interface Fitted {
  blocks: TimingBlock[];
  /** What was left out, for each runner. */
  leftOut: NotMeasured[];
  /** About how long the blocks take. */
  expectedS: number;
}

interface Ordered {
  block: TimingBlock;
  timed: TimedCase;
}

/** Returns the blocks with as many benchmarks as fit. A benchmark is left out on all runners or on none: what is left can be compared. */
export function fitInto(budgetS: number, blocks: readonly TimingBlock[]): Fitted {
  const chosen = new Set<string>();
  const opened = new Set<string>();
  let expectedS = 0;
  for (const { block, timed } of inOrder(blocks)) {
    const costS = caseS(block, timed) + (opened.has(block.id) ? 0 : startsS(block));
    if (expectedS + costS > budgetS) continue;
    expectedS += costS;
    opened.add(block.id);
    chosen.add(nameOf(block, timed));
  }
  const reason = `left out to stay within the time budget of ${budgetS} s`;
  const leftOut = blocks.flatMap((block) =>
    block.arms.flatMap(({ runner, wasi, cases }) =>
      cases
        .filter((timed) => !chosen.has(nameOf(block, timed)))
        .map(({ suite, case: one }) => ({ suite, case: one.id, wasi, runner, reason })),
    ),
  );
  return { blocks: blocks.flatMap((block) => narrowed(block, chosen) ?? []), leftOut, expectedS };
}

const nameOf = ({ id }: TimingBlock, { suite, case: one }: TimedCase) =>
  `${id} ${suite} ${one.wasi} ${one.id}`;

function inOrder(blocks: readonly TimingBlock[]): Ordered[] {
  const all = new Map<string, Ordered>();
  for (const block of blocks)
    for (const arm of block.arms)
      for (const timed of arm.cases) all.set(nameOf(block, timed), { block, timed });
  const isHeadline = ({ timed }: Ordered) => timed.case.headline === true;
  return [...all.values()].toSorted((one, other) => Number(isHeadline(other)) - Number(isHeadline(one)));
}

const startsS = ({ arms, processes }: TimingBlock) => arms.length * processes * START_S;

function caseS(block: TimingBlock, timed: TimedCase): number {
  if (timed.bench === undefined) return 0;
  const name = nameOf(block, timed);
  const batches = block.arms
    .filter(({ cases }) => cases.some((one) => nameOf(block, one) === name))
    .reduce((sum, { passes }) => sum + passes * (BATCHES_A_PASS + LOOKS_A_PASS), 0);
  return batches * block.processes * BATCH_S;
}

/** The block with what was chosen of it; undefined where that is nothing. */
function narrowed(block: TimingBlock, chosen: ReadonlySet<string>): TimingBlock | undefined {
  const arms = block.arms
    .map((arm) => ({ ...arm, cases: arm.cases.filter((timed) => chosen.has(nameOf(block, timed))) }))
    .filter(({ cases }) => cases.length > 0);
  return arms.length > 0 ? { ...block, arms } : undefined;
}
