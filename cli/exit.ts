/** The exit codes, as --help and the README document them. */

export const EXIT = {
  fine: 0,
  /** A conformance outcome that no expectation names, under `--fail-on unexpected`. */
  unexpected: 1,
  /** Wrong usage, or infrastructure that failed. */
  usage: 2,
  /** Ended by Ctrl-C, as shells count it. */
  interrupted: 130,
} as const;

/** What each code means, in words. */
export const EXIT_MEANINGS: Readonly<Record<keyof typeof EXIT, string>> = {
  fine: 'fine',
  unexpected:
    'unexpected conformance outcomes under --fail-on unexpected, something missing in coverage, or unexplained expectations',
  usage: 'wrong usage or failed infrastructure',
  interrupted: 'interrupted',
};
