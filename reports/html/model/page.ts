/** Owns what every section is given: the run, who took part, and the page's ids. */

import type { Comparison } from '../../../harness/contracts/comparison.ts';
import type { RunResult } from '../../../harness/contracts/run.ts';
import { Anchors } from '../markup/anchors.ts';
import type { Fragment } from '../markup/html.ts';
import { type Roster, seatRunners } from './roster.ts';

export interface Page {
  run: RunResult;
  roster: Roster;
  anchors: Anchors;
  /** Beside the run, after `compare` or `gate`. */
  comparison?: Comparison;
}

/** One section of the page, found by its id in the navigation. */
export interface Section {
  id: string;
  title: string;
  /** Left out of page and navigation where this says no. */
  isShown?(page: Page): boolean;
  render(page: Page): Fragment | Promise<Fragment>;
}

/** The page of a run. */
export function pageOf(run: RunResult, comparison?: Comparison): Page {
  return { run, roster: seatRunners(run), anchors: new Anchors(), ...(comparison ? { comparison } : {}) };
}
