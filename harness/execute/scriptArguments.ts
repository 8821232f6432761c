/** Puts a script into a probe's arguments, as docs/script-language.md lays down. */

/** Arguments in all may take this many bytes: preview 1 adapters trap beyond 32 KiB. */
const MOST_BYTES = 32 * 1024 - 256;

/**
 * The probe's arguments for a script; `loops` is the length of its control loop, 0 to let it find out. Throws for a script too
 * long to be passed this way.
 */
export function scriptArguments(script: string, nonce: string, loops = 0): string[] {
  const options = `nonce=${nonce} record=live${loops > 0 ? ` loops=${loops}` : ''}`;
  const bytes = Buffer.byteLength(script) + options.length;
  if (bytes > MOST_BYTES)
    throw new RangeError(
      `a script of ${bytes} bytes is too long to be passed by argument (at most ${MOST_BYTES})`,
    );
  return script === '' ? [options] : [options, script];
}
