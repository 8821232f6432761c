/** What a preview brings to the hunt: the runner whose proxy plants the faults, and the faults there are. */

export interface AnyMutant {
  id: string;
  function: string;
}

export interface Preview {
  wasi: 'p1' | 'p2';
  /** The runner whose guests the proxy stands before. */
  runner: string;
  /** The child that plants them, in the place of the runner's own. */
  child: URL;
  mutants(): AnyMutant[];
}
