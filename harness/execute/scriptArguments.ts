/** Puts a script into a probe's arguments or environment, as docs/script-language.md lays down. */

import type { Trial } from '../contracts/runner.ts';
import type { World } from '../contracts/world.ts';

/** Arguments in all may take this many bytes: preview 1 adapters trap beyond 32 KiB. */
const MOST_BYTES = 32 * 1024 - 256;

/**
 * The probe's arguments for a script; `loops` is the length of its control loop, 0 to let it find out; `bound` are names
 * that the script finds bound to numbers. Throws for a script too
 * long to be passed this way.
 */
export function scriptArguments(
  script: string,
  nonce: string,
  loops = 0,
  bound: Readonly<Record<string, number>> = {},
): string[] {
  const bindings = Object.entries(bound).map(([name, value]) => ` let.${name}=${value}`);
  const options = `nonce=${nonce} record=live${loops > 0 ? ` loops=${loops}` : ''}${bindings.join('')}`;
  const bytes = Buffer.byteLength(script) + options.length;
  if (bytes > MOST_BYTES)
    throw new RangeError(
      `a script of ${bytes} bytes is too long to be passed by argument (at most ${MOST_BYTES})`,
    );
  return script === '' ? [options] : [options, script];
}

/** What the script of a case with several runs finds bound: which of them this is. */
export const runBound = (runs = 1, run = 0): Record<string, number> => (runs > 1 ? { run } : {});

/** Arguments and environment of a trial: the script takes that of the two which the case has no business with. */
export function withScript(
  world: World,
  script: string,
  nonce: string,
  bound: Readonly<Record<string, number>> = {},
): Pick<Trial, 'args' | 'env'> {
  const given = scriptArguments(script, nonce, 0, bound);
  if (world.args === undefined) return { args: given, env: { ...world.env } };
  if (world.env !== undefined)
    throw new TypeError('a case with arguments and an environment of its own leaves no room for its script');
  const [options = '', text = ''] = given;
  return { args: [...world.args], env: { WASIMETER_OPTIONS: options, WASIMETER_SCRIPT: text } };
}
