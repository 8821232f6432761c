/** Counts checks as they are made: each on a line of its own, the figure at the end. */

import { performance } from 'node:perf_hooks';

const FILE = 'test:package';
const started = performance.now();
const seconds = () => `${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s`;
let passed = 0;
let total = 0;

/** Says what is under way. */
export function say(line: string): void {
  console.log(`${seconds()}  ${line}`);
}

/** Makes one check; what it throws is why it failed, what it returns is said beside. The next one is made in any case. */
export async function check(name: string, body: () => unknown): Promise<void> {
  total += 1;
  try {
    const told = await body();
    passed += 1;
    say(`ok    ${name}${typeof told === 'string' ? `: ${told}` : ''}`);
  } catch (error) {
    say(`FAIL  ${name}: ${(error as Error).message}`);
  }
}

/** The closing line; the exit code is 1 when a check failed or none was made. */
export function close(): void {
  console.log(`${FILE}: ${passed}/${total} checks passed in ${seconds().trim()}`);
  process.exitCode = total > 0 && passed === total ? 0 : 1;
}
