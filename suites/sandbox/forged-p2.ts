/** Owns preview 2's handles: numbers that were made up, given back, or stand for something else are no handles. */

import { ok, trap } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { WORLD } from './inside.ts';
import { OUTSIDE, unharmed } from './outside.ts';
import { DIRECTORIES, directories, method } from './preview2.ts';
import { HANDLES } from './spec.ts';

const P2 = { wasi: 'p2', guest: 'probe-p2-filesystem', spec: HANDLES } as const;

const DESCRIPTOR = 'wasi:filesystem/types#descriptor';
const SUBSCRIBE = 'wasi:clocks/monotonic-clock#subscribe-duration';

const forged = trap('no handle of a descriptor');

/** The probe itself holds a stream or two; beyond those nothing is in the table. */
const NUMBERS = [0, 32, 64, 1000, 65_535, 0x1000_0000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];

/** Each must end the guest, so each is a case. */
const made: ConformanceCase[] = NUMBERS.map((number) => ({
  ...P2,
  id: `descriptor.open-at/forged-${number}`,
  title: `The number ${number}, which the guest made up, is no handle of a directory`,
  world: { outside: OUTSIDE },
  script: (s) => {
    s.expect(s.call(method('open-at'), { expression: String(number) }, [], '.', [], ['read']), forged);
    unharmed(s);
  },
}));

const inherited: ConformanceCase = {
  ...P2,
  id: 'descriptor.stat/inherited',
  title: "A number of a descriptor that the runtime's own process holds is no handle",
  world: { outside: OUTSIDE, inherits: 'secret' },
  script: (s) => {
    s.expect(
      s.call(DIRECTORIES),
      ok('none', (value) => (value as unknown[]).length === 0),
    );
    s.expect(s.call(method('stat'), 7), forged);
    unharmed(s);
  },
};

const others: readonly { id: string; title: string; handle(s: ScriptBuilder): Slot }[] = [
  {
    id: 'next-to-given',
    title: 'The number behind the highest that was given out is no handle',
    handle: (s) => {
      const [first] = directories(s);
      return { expression: `${first?.expression}+1` };
    },
  },
  {
    id: 'given-back',
    title: 'A handle that was dropped is none any more',
    handle: (s) => {
      const [first = { expression: '0' }] = directories(s);
      s.expect(s.drop(DESCRIPTOR, first), ok());
      return first;
    },
  },
  {
    id: 'of-another-kind',
    title: 'The handle of a pollable is none of a directory',
    handle: (s) => s.call(SUBSCRIBE, 0n).value,
  },
  {
    id: 'reused-by-another-kind',
    title: 'A number that was a directory and is then a pollable is no directory any more',
    handle: (s) => {
      const [first = { expression: '0' }] = directories(s);
      s.expect(s.drop(DESCRIPTOR, first), ok());
      s.expect(s.call(SUBSCRIBE, 0n), ok());
      return first;
    },
  },
];

const used: ConformanceCase[] = others.map(({ id, title, handle }) => ({
  ...P2,
  id: `descriptor.stat-at/${id}`,
  title,
  world: WORLD,
  script: (s) => {
    s.expect(s.call(method('stat-at'), handle(s), [], 'file'), forged);
    unharmed(s);
  },
}));

const wayBack: ConformanceCase = {
  ...P2,
  id: 'pollable.block/of-another-kind',
  title: 'The handle of a directory is none of a pollable',
  world: WORLD,
  script: (s) => {
    const [first = { expression: '0' }] = directories(s);
    s.expect(s.call('wasi:io/poll#[method]pollable.block', first), trap('no handle of a pollable'));
    unharmed(s);
  },
};

const dropped: ConformanceCase = {
  ...P2,
  id: 'descriptor.drop/of-another-kind',
  title: 'A pollable cannot be given back as a directory',
  world: WORLD,
  script: (s) => {
    const pollable = s.call(SUBSCRIBE, 0n);
    s.expect(s.drop(DESCRIPTOR, pollable.value), forged);
    unharmed(s);
  },
};

export const forgedP2: ConformanceCase[] = [...made, inherited, ...used, wayBack, dropped];
