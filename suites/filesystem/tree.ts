/** Draws what a guest left in a preopen as one line for each entry, so that a case states all that must be there and nothing else. */

import type { Seen } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder } from '../../harness/contracts/script.ts';
import type { HostEntry } from '../../harness/contracts/world.ts';

/** What the host sees of one entry of a preopen, undefined where there is none. */
export function onHost(seen: Seen, path = 'file', preopen = 0): HostEntry | undefined {
  return seen.after[0]?.preopens[preopen]?.find((entry) => entry.path === path);
}

/** `name = content`, `name/`, `name -> target`, `name (fifo)`; what is below a directory comes with its whole path. */
export function drawn(entry: HostEntry): string {
  if (entry.kind === 'file')
    return `${entry.path} = ${Buffer.from(entry.head ?? '', 'base64').toString('utf8')}`;
  if (entry.kind === 'directory') return `${entry.path}/`;
  return entry.kind === 'symlink' ? `${entry.path} -> ${entry.target}` : `${entry.path} (${entry.kind})`;
}

/** States that the preopen then holds just these entries, each drawn as `drawn` does. */
export function leaves(s: ScriptBuilder, expected: readonly string[], preopen = 0): void {
  s.after(`the host then sees ${expected.join(', ') || 'nothing'}`, [], (seen) => {
    const found = seen.after[0]?.preopens[preopen]?.filter(({ path }) => path !== '').map(drawn);
    if (!found) return 'nothing was looked at';
    const missing = expected.filter((line) => !found.includes(line));
    const extra = found.filter((line) => !expected.includes(line));
    if (missing.length + extra.length === 0) return true;
    return `missing: ${missing.join(', ') || 'nothing'}; not expected: ${extra.join(', ') || 'nothing'}`;
  });
}
