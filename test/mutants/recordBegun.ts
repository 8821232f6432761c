/** Tells the script's own calls from those of the probe itself, by the records that the probe writes on stderr. */

/** How much of what is written tells whether it is a record. */
export const RECORD_BYTES = 64;

/** Whether a record begins a statement of the script's, by its first bytes; undefined for what is no record. */
export function recordBegun(text: string): boolean | undefined {
  const match = /^([<>!]) \{"k":"[0-9a-f]*","n":(\d+)/.exec(text);
  return match ? match[1] === '>' && match[2] !== '0' : undefined;
}
