/** Owns splicing from a file or connection to itself, and more than goes at once. */

import { ok } from '../../harness/contracts/expect.ts';
import { at } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { World } from '../../harness/contracts/world.ts';
import { BLOCKING_FLUSH, BLOCKING_READ, BLOCKING_WRITE } from './functions-p2.ts';
import { fileHolds, spliced } from './kinds-p2.ts';
import {
  appendTo,
  BEFORE,
  connect,
  FILES,
  HELLO,
  leave,
  NETWORK,
  open,
  readFrom,
  writeTo,
} from './opening-p2.ts';
import { atMost, endsAfter } from './outcomes-p2.ts';
import { inTwo, SPLICERS, splice } from './splice-p2.ts';

const P2 = { wasi: 'p2', guest: 'probe-p2-io' } as const;

/** A stream can't be both: itself is the same file, or the same connection. */
const selves = SPLICERS.flatMap((splicer): ConformanceCase[] => [
  {
    ...P2,
    id: `output-stream.${splicer.id}/file-to-itself`,
    title: `${splicer.id} from a file's beginning to behind its end, by one descriptor, doubles it`,
    spec: splicer.spec,
    world: FILES,
    script: (s) => {
      const descriptor = open(s, 'source', 'read', 'write');
      const [input, output] = [readFrom(s, descriptor), writeTo(s, descriptor, 5n)];
      s.after('it is there twice', inTwo(s, splicer, output, input, 3n), ({ values, after: [world] }) =>
        fileHolds(world, 'source', HELLO + spliced(HELLO, values)),
      );
    },
  },
  {
    ...P2,
    id: `output-stream.${splicer.id}/file-appended-to-itself`,
    title: `${splicer.id} from a file to its own end appends what it held`,
    spec: splicer.spec,
    world: FILES,
    script: (s) => {
      const descriptor = open(s, 'log', 'read', 'write');
      const [input, output] = [readFrom(s, descriptor), appendTo(s, descriptor)];
      const step = splice(s, splicer, output, input, 4n);
      s.expect(step, atMost(4n));
      s.expect(s.call(BLOCKING_FLUSH, output), ok());
      s.after('it is there twice', [step], ({ values, after: [world] }) =>
        fileHolds(world, 'log', BEFORE + spliced(BEFORE, values)),
      );
    },
  },
  {
    ...P2,
    id: `output-stream.${splicer.id}/echo`,
    title: `${splicer.id} from a connection to itself sends back what came`,
    spec: splicer.spec,
    world: NETWORK,
    script: (s) => {
      const [one, other] = connect(s);
      s.expect(s.call(BLOCKING_WRITE, one.output, HELLO), ok());
      const moved = splice(s, splicer, other.output, other.input, 64n);
      s.expect(moved, atMost(5n));
      s.expect(s.call(BLOCKING_FLUSH, other.output), ok());
      leave(s, other);
      const steps = Array.from({ length: HELLO.length + 2 }, () => s.call(BLOCKING_READ, one.input, 64n));
      s.check('what came is what went', [moved, ...steps], ({ values: [first, ...reads] }) =>
        endsAfter(spliced(HELLO, [first!]))({ values: reads }),
      );
    },
  },
]);

const BIG_BYTES = 300_000;
const big = Uint8Array.from({ length: BIG_BYTES }, (_, index) => (index * 7 + (index >> 8)) % 251);
const BIG: World = {
  preopens: [{ guest: '/', entries: { source: { kind: 'file', content: big }, target: '' } }],
};
const ROUNDS = 64;

/** As many bytes as a budget or a buffer hardly takes at once. */
const large = SPLICERS.filter(({ blocks }) => blocks).map(
  (splicer): ConformanceCase => ({
    ...P2,
    id: `output-stream.${splicer.id}/large`,
    title: `${splicer.id}, repeated, moves 300,000 bytes from file to file, none lost or doubled`,
    spec: splicer.spec,
    world: BIG,
    script: (s) => {
      const descriptor = open(s, 'source', 'read');
      const [input, spare] = [readFrom(s, descriptor), readFrom(s, descriptor)];
      const output = writeTo(s, open(s, 'target', 'write'));
      const area = s.alloc(16);
      const [sum, empty] = [s.alloc(8), s.alloc(8)];
      // A script can't leave a call out: when all is moved no bytes are, from an input that has not ended.
      s.loop(ROUNDS, () => {
        const left = at`${BIG_BYTES} - u64[${sum}]`;
        const from = at`(${left} > 0) * ${input} + (${left} == 0) * ${spare}`;
        s.raw(splicer.name, [output, from, left, area]);
        const moved = at`(u8[${area}] == 0) * u64[${area} + 8]`;
        s.store('u64', empty, at`u64[${empty}] + (${left} > 0) * (${moved} == 0)`);
        s.store('u64', sum, at`u64[${sum}] + ${moved}`);
      });
      s.expect(s.call(BLOCKING_FLUSH, output), ok());
      const counts = [s.show(sum, 8), s.show(empty, 8)];
      s.after('each call moves something, and all is in the target', counts, ({ values, after: [world] }) => {
        const [total, idle] = values.map((seen) =>
          seen.kind === 'ok' ? Buffer.from(seen.value as Uint8Array).readBigUInt64LE() : 0n,
        );
        if (idle !== 0n) return `${idle} calls moved nothing`;
        if (total !== BigInt(BIG_BYTES)) return `${total} bytes were moved`;
        const [from, to] = ['source', 'target'].map((path) =>
          world?.preopens[0]?.find((entry) => entry.path === path),
        );
        return from?.sha256 === to?.sha256 || 'the target differs';
      });
    },
  }),
);

export const spliceSelfP2: ConformanceCase[] = [...selves, ...large];
