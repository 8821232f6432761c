/** Owns the search for the first bad version of a list. */

/** `untold`: it could not be had, or nothing could be told of it. */
export type Judgement = 'good' | 'bad' | 'untold';

export interface Search {
  /** The last one that is known to be good. */
  good: string;
  /** The first one that is known to be bad. */
  bad: string;
  /** Between them, of which nothing could be told; then the change is in one of these or in `bad`. */
  untold: string[];
}

/**
 * Finds where good turns bad, asking as few versions as it can. Where nothing can be told of one, those next to it are asked.
 *
 * @param versions the oldest first; the first is good, the last is bad
 */
export async function firstBad(
  versions: readonly string[],
  judge: (version: string, left: number) => Promise<Judgement>,
): Promise<Search> {
  let [good, bad] = [0, versions.length - 1];
  const untold = new Set<number>();
  for (;;) {
    const open = versions
      .map((_, index) => index)
      .filter((index) => index > good && index < bad && !untold.has(index));
    if (open.length === 0) break;
    const middle = (good + bad) / 2;
    const next = open.reduce((best, index) =>
      Math.abs(index - middle) < Math.abs(best - middle) ? index : best,
    );
    const judged = await judge(versions[next]!, open.length);
    if (judged === 'good') good = next;
    else if (judged === 'bad') bad = next;
    else untold.add(next);
  }
  return {
    good: versions[good]!,
    bad: versions[bad]!,
    untold: versions.filter((_, index) => index > good && index < bad),
  };
}
