/** The exit codes, as --help and the README document them. */

export const EXIT = {
  fine: 0,
  /** A failed sandbox case that no expectation names; any such conformance outcome under `--fail-on unexpected` and in a gate; a regression. */
  unexpected: 1,
  /** Wrong usage, or infrastructure that failed. */
  usage: 2,
  /** Something that a gate can't tell, under `--fail-on unsure`. */
  unsure: 3,
  /** Ended by Ctrl-C, as shells count it. */
  interrupted: 130,
} as const;

/** What each code means, in words. */
export const EXIT_MEANINGS: Readonly<Record<keyof typeof EXIT, string>> = {
  fine: 'fine',
  unexpected:
    'sandbox cases that failed as no expectation says, unexpected conformance outcomes in gate or under --fail-on unexpected, a regression in gate, something missing in coverage, unexplained expectations, or a program that failed under time',
  usage: 'wrong usage or failed infrastructure',
  unsure: "something that gate can't tell, under --fail-on unsure",
  interrupted: 'interrupted',
};
