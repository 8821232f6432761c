/** Reads a run.json as a user's program would: against the schema of the installed package. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { RunResult } from '../../harness/contracts/run.ts';

const read = (...path: string[]) => JSON.parse(readFileSync(join(...path), 'utf8'));

/** The document beside the report; throws with the first field that is not as the installed schema says. */
export function validRun(folder: string): RunResult {
  const validate = new Ajv2020({ validateFormats: false }).compile(
    read(folder, 'node_modules/wasimeter/docs/run.schema.json'),
  );
  const run = read(folder, 'out/report/run.json');
  const valid = validate(run);
  const error = validate.errors?.[0];
  assert.ok(valid, `run.json${error?.instancePath} ${error?.message}`);
  return run as RunResult;
}

/** Asserts that nothing went wrong on our own side, and that there are cases that pass and figures. */
export function assertMeasured(run: RunResult, runner: string): string {
  const own = run.conformance.filter((one) => one.runner === runner);
  const wrong = own.filter(({ outcome }) => outcome === 'error' || outcome === 'crash');
  const first = wrong[0];
  assert.equal(
    first,
    undefined,
    `${wrong.length} went wrong: ${first?.case} ${first?.outcome}: ${first?.reason}`,
  );
  const passing = own.filter((one) => one.outcome === 'pass').length;
  const figures = run.performance.filter((one) => one.runner === runner && one.value > 0).length;
  const told = `${passing} cases pass, ${figures} figures`;
  assert.ok(passing > 0 && figures > 0, told);
  return told;
}
