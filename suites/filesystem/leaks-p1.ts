/** Owns what opening and closing ten thousand times leaves behind in the guest's process, as the system sees it from outside. */

import type { Seen } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { ProcessLook } from '../../harness/contracts/world.ts';
import { DIRECTORY, open } from './opening-p1.ts';
import { p1Docs } from './spec.ts';

const CYCLES = 10_000;
/** What a runtime starts once only is there by then: threads, pools, compiled code. */
const WARM_UP_CYCLES = 500;
/** Long enough for several looks. */
const PAUSE_NS = 60_000_000n;
/** A hundred bytes for each cycle are a leak of a megabyte; collected heaps breathe by more, so the bound is thirty times as much. */
const MOST_GROWTH_BYTES = 32 * 1024 * 1024;

/** Opens and closes a file so many times. */
function cycle(s: ScriptBuilder, cycles: number): void {
  const path = s.alloc(4);
  s.put(path, 'file');
  const fd = s.alloc(4, 4);
  s.loop(cycles, () => {
    s.raw('path_open', [DIRECTORY, 0, path, 4, 0, 2n, 0n, 0, fd]);
    s.raw('fd_close', [at`u32[${fd}]`]);
  });
}

/** Waits between two readings of the clock. */
function rest(s: ScriptBuilder): [Step, Step] {
  const begin = s.mark();
  const subscription = s.alloc(48, 8);
  s.store('u32', at`${subscription} + 16`, 1);
  s.store('u64', at`${subscription} + 24`, PAUSE_NS);
  s.raw('poll_oneoff', [subscription, s.alloc(32, 8), 1n, s.alloc(4, 4)]);
  return [begin, s.mark()];
}

/** The least that was seen of each while the guest rested: what comes and goes is no leak. */
function least(looks: readonly ProcessLook[], [begin, end]: Seen['values']): ProcessLook | undefined {
  if (begin?.kind !== 'mark' || end?.kind !== 'mark') return undefined;
  const during = looks.filter(({ atRealtimeNs }) => {
    const at = BigInt(atRealtimeNs);
    return at >= begin.realtimeNs && at <= end.realtimeNs;
  });
  const lowest = (field: 'descriptors' | 'threads' | 'residentBytes') =>
    Math.min(...during.map((look) => look[field]));
  const [first] = during;
  return (
    first && {
      ...first,
      descriptors: lowest('descriptors'),
      threads: lowest('threads'),
      residentBytes: lowest('residentBytes'),
    }
  );
}

export const leaksP1: ConformanceCase[] = [
  {
    id: 'fd_close/leaks',
    wasi: 'p1',
    guest: 'probe-p1',
    title:
      'After a file was opened and closed 10,000 times the process has no more descriptors, threads or memory',
    spec: p1Docs('fd_close'),
    patience: 6,
    world: { preopens: [{ guest: '/', entries: { file: 'content' } }], watch: true },
    script(s) {
      cycle(s, WARM_UP_CYCLES);
      const before = rest(s);
      cycle(s, CYCLES);
      const after = rest(s);
      // And as many as ever can be open at once.
      for (let index = 0; index < 16; index += 1) open(s, 'file', { rights: ['fd_read'] });
      s.after('nothing is left behind', [...before, ...after], ({ values, after: [world] }) => {
        const looks = world?.process ?? [];
        // Where the system does not tell, nothing can be said against it.
        if (looks.length === 0) return true;
        const [was, is] = [least(looks, values.slice(0, 2)), least(looks, values.slice(2))];
        if (!was || !is) return 'the process was not seen while it rested';
        if (is.descriptors > was.descriptors)
          return `${is.descriptors} descriptors, ${was.descriptors} before`;
        if (is.threads > was.threads) return `${is.threads} threads, ${was.threads} before`;
        const grown = is.residentBytes - was.residentBytes;
        return grown <= MOST_GROWTH_BYTES || `${Math.round(grown / 1024)} KiB more memory`;
      });
    },
  },
];
