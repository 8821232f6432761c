/** Looks at what a guest left in a preopen, drawn as one line for each entry, so that a case states all that must be there and nothing else. */

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

/** Both names are one file with so many links. */
export function areOne(s: ScriptBuilder, first: string, second: string, links: number): void {
  s.after(`${first} and ${second} are one entry with ${links} links`, [], (seen) => {
    const [a, b] = [onHost(seen, first), onHost(seen, second)];
    if (!a || !b) return `there is no ${a ? second : first}`;
    if (a.inode !== b.inode) return 'they are two';
    return a.links === links || `it has ${a.links}`;
  });
}

/** The times of an entry are what was asked for; those of now lie within the run. */
export function expectTimes(
  s: ScriptBuilder,
  path: string,
  atim: bigint | 'now',
  mtim: bigint | 'now',
): void {
  const words = (time: bigint | 'now') => (time === 'now' ? 'now' : String(time));
  s.after(`${path} was last accessed ${words(atim)} and changed ${words(mtim)}`, [], (seen) => {
    const host = onHost(seen, path);
    const span = seen.host[0];
    if (!host || !span) return `there is no ${path}`;
    // The file system's own clock may lag by a tick of the kernel's timer, and whole seconds are now too: finer times are one
    // case's subject.
    const isNow = (ns: bigint) =>
      ns >= span.beginRealtimeNs - 1_020_000_000n && ns <= span.endRealtimeNs + 20_000_000n;
    const fits = (real: string, asked: bigint | 'now') =>
      asked === 'now' ? isNow(BigInt(real)) : BigInt(real) === asked;
    if (!fits(host.accessedNs, atim)) return `it was last accessed ${host.accessedNs}`;
    return fits(host.modifiedNs, mtim) || `it was last changed ${host.modifiedNs}`;
  });
}
