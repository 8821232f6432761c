/** Owns splicing between every two kinds of streams: what goes in comes out, at most as much as asked for. */

import { ok } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Slot, type Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { World } from '../../harness/contracts/world.ts';
import {
  BLOCKING_FLUSH,
  BLOCKING_READ,
  BLOCKING_SPLICE,
  BLOCKING_WRITE,
  SPLICE,
  SUBSCRIBE_OUTPUT,
} from './functions-p2.ts';
import { both, fileHolds, INPUTS, PLAIN_INPUTS, PLAIN_OUTPUTS, SINKS, spliced } from './kinds-p2.ts';
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
  waitFor,
  writeTo,
} from './opening-p2.ts';
import { atMost, closed, count, endsAfter, numberOf, someBytes, textOf } from './outcomes-p2.ts';
import { STREAMS } from './spec.ts';

const P2 = { wasi: 'p2', guest: 'probe-p2-io' } as const;

interface Splicer {
  id: string;
  name: string;
  spec: string;
  blocks: boolean;
}

const SPLICERS: readonly Splicer[] = [
  { id: 'splice', name: SPLICE, spec: STREAMS.splice, blocks: false },
  { id: 'blocking-splice', name: BLOCKING_SPLICE, spec: STREAMS.blockingSplice, blocks: true },
];

/** Splices; what does not block does so when both streams are ready. */
export function splice(
  s: ScriptBuilder,
  { name, blocks }: Splicer,
  output: Slot,
  input: Slot,
  length: bigint,
): Step {
  if (!blocks) {
    waitFor(s, input);
    waitFor(s, output, SUBSCRIBE_OUTPUT);
  }
  return s.call(name, output, input, length);
}

/** 2 of the five bytes and then the others, or fewer: the result "may be less". */
function inTwo(s: ScriptBuilder, splicer: Splicer, output: Slot, input: Slot, rest: bigint): Step[] {
  const steps = [splice(s, splicer, output, input, 2n), splice(s, splicer, output, input, rest)] as const;
  s.expect(steps[0], atMost(2n));
  s.expect(steps[1], atMost(rest < 4n ? rest : 4n));
  s.expect(s.call(BLOCKING_FLUSH, output), ok());
  return [...steps];
}

/** Standard input costs a process of its own: what is no more than one kind next to another is left out. */
const pairs = SPLICERS.flatMap((splicer) =>
  SINKS.flatMap((sink) =>
    INPUTS.map(
      (source): ConformanceCase => ({
        ...P2,
        id: `output-stream.${splicer.id}/${source.id}-to-${sink.id}`,
        title: `${splicer.id} of 2 bytes and then of all there are moves what ${source.words} gives to ${sink.words}`,
        spec: splicer.spec,
        world: both(source.world, sink.world),
        script: (s) => {
          const input = source.open(s);
          const { stream, arrived } = sink.open(s);
          arrived(HELLO, 2, inTwo(s, splicer, stream, input, 2n ** 64n - 1n));
        },
      }),
    ),
  ).filter(
    ({ id }) =>
      !(
        splicer.blocks
          ? /stdin-file-to-(?!file)|stdin-pipe-to-append/
          : /stdin-file|stdin-pipe-to-(append|tcp)/
      ).test(id),
  ),
);

/** From a file to where it costs least to look. */
const source = PLAIN_INPUTS[0]!;
const sink = PLAIN_OUTPUTS[0]!;

const lengths = SPLICERS.flatMap((splicer): ConformanceCase[] => [
  {
    ...P2,
    id: `output-stream.${splicer.id}/zero`,
    title: `${splicer.id} of 0 bytes moves none and takes none from the input`,
    spec: splicer.spec,
    world: FILES,
    script: (s) => {
      const input = source.open(s);
      const { stream, arrived } = sink.open(s);
      s.expect(splice(s, splicer, stream, input, 0n), count(0n));
      const left = Array.from({ length: HELLO.length + 2 }, () => s.call(BLOCKING_READ, input, 64n));
      s.check('nothing was taken', left, endsAfter(HELLO));
      arrived('');
    },
  },
  {
    ...P2,
    id: `output-stream.${splicer.id}/just-as-many`,
    title: `${splicer.id} of just as many bytes as there are moves them, and tells how many`,
    spec: splicer.spec,
    world: FILES,
    script: (s) => {
      const input = source.open(s);
      const { stream, arrived } = sink.open(s);
      const step = splice(s, splicer, stream, input, 5n);
      s.expect(step, atMost(5n));
      s.expect(s.call(BLOCKING_FLUSH, stream), ok());
      arrived(HELLO, 1, [step]);
    },
  },
  {
    ...P2,
    id: `output-stream.${splicer.id}/part-then-read`,
    title: `After ${splicer.id} of 2 bytes what is read next is what follows those moved`,
    spec: splicer.spec,
    world: FILES,
    script: (s) => {
      const input = source.open(s);
      const { stream, arrived } = sink.open(s);
      const step = splice(s, splicer, stream, input, 2n);
      s.expect(step, atMost(2n));
      const read = s.call(BLOCKING_READ, input, 1n);
      s.expect(read, someBytes(1));
      s.expect(s.call(BLOCKING_FLUSH, stream), ok());
      s.check('the byte after those moved', [step, read], ({ values: [moved, seen] }) => {
        const text = seen?.kind === 'ok' ? textOf(seen.value) : '';
        return text === HELLO[Number(numberOf(moved))] || `it is ${JSON.stringify(text)}`;
      });
      arrived(HELLO, 1, [step]);
    },
  },
  {
    ...P2,
    id: `output-stream.${splicer.id}/between-writes`,
    title: `What ${splicer.id} moves stands between what was written before and after it`,
    spec: splicer.spec,
    world: FILES,
    script: (s) => {
      const input = source.open(s);
      const { stream } = sink.open(s);
      s.expect(s.call(BLOCKING_WRITE, stream, '<'), ok());
      const step = splice(s, splicer, stream, input, 64n);
      s.expect(step, atMost(5n));
      s.expect(s.call(BLOCKING_FLUSH, stream), ok());
      s.expect(s.call(BLOCKING_WRITE, stream, '>'), ok());
      s.after('it stands between them', [step], ({ values, after: [world] }) =>
        fileHolds(world, 'target', `<${spliced(HELLO, values)}>`),
      );
    },
  },
  ...PLAIN_INPUTS.map(
    (kind): ConformanceCase => ({
      ...P2,
      id: `output-stream.${splicer.id}/${kind.id}-at-its-end`,
      title: `${splicer.id} from ${kind.words} that has ended fails with closed, and the output goes on`,
      spec: splicer.spec,
      // jco waits for ever for an input that has ended.
      ...(splicer.blocks ? { patience: 0.1 } : {}),
      world: both(kind.world, FILES),
      script: (s) => {
        const input = kind.open(s);
        const { stream, arrived } = sink.open(s);
        const steps = Array.from({ length: HELLO.length + 2 }, () => s.call(BLOCKING_READ, input, 64n));
        s.expect(steps.at(-1)!, closed);
        s.expect(splice(s, splicer, stream, input, 64n), closed);
        s.expect(s.call(BLOCKING_WRITE, stream, HELLO), ok());
        arrived(HELLO);
      },
    }),
  ),
]);

const zeroAtTheEnd: ConformanceCase = {
  ...P2,
  id: 'output-stream.splice/zero-at-the-end',
  title: 'Splicing 0 bytes from an input that has ended fails with closed, as the read that it stands for',
  spec: STREAMS.splice,
  world: FILES,
  script: (s) => {
    const input = source.open(s);
    const { stream } = sink.open(s);
    const steps = Array.from({ length: HELLO.length + 2 }, () => s.call(BLOCKING_READ, input, 64n));
    s.expect(steps.at(-1)!, closed);
    s.expect(splice(s, SPLICERS[0]!, stream, input, 0n), closed);
  },
};

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
    // jco waits for ever.
    patience: 0.2,
    title: `${splicer.id}, repeated, moves 300,000 bytes from file to file, none lost or doubled`,
    spec: splicer.spec,
    world: BIG,
    script: (s) => {
      const input = readFrom(s, open(s, 'source', 'read'));
      const output = writeTo(s, open(s, 'target', 'write'));
      const area = s.alloc(16);
      const sum = s.alloc(8);
      // Asks for no more than is left, so that the end is never waited for; a result of 8 bytes stands behind its discriminant.
      s.loop(ROUNDS, () => {
        s.raw(splicer.name, [output, input, at`${BIG_BYTES} - u64[${sum}]`, area]);
        s.store('u64', sum, at`u64[${sum}] + (u8[${area}] == 0) * u64[${area} + 8]`);
      });
      s.expect(s.call(BLOCKING_FLUSH, output), ok());
      const moved = s.show(sum, 8);
      s.after('all is in the target', [moved], ({ values: [seen], after: [world] }) => {
        const shown = seen?.kind === 'ok' ? (seen.value as Uint8Array) : new Uint8Array(8);
        const total = Buffer.from(shown).readBigUInt64LE();
        if (total !== BigInt(BIG_BYTES)) return `${total} bytes were moved`;
        const [from, to] = ['source', 'target'].map((path) =>
          world?.preopens[0]?.find((entry) => entry.path === path),
        );
        return from?.sha256 === to?.sha256 || 'the target differs';
      });
    },
  }),
);

export const spliceP2: ConformanceCase[] = [...pairs, ...lengths, zeroAtTheEnd, ...selves, ...large];
