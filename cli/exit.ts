/** The exit codes, as the README documents them. */

export const EXIT = {
  fine: 0,
  /** A conformance outcome that no expectation names, under `--fail-on unexpected`. */
  unexpected: 1,
  /** Wrong usage, or infrastructure that failed. */
  usage: 2,
  /** Ended by Ctrl-C, as shells count it. */
  interrupted: 130,
} as const;
