/** Owns splicing between every two kinds of streams: what goes in comes out, at most as much as asked for. */

import { ok } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import {
  BLOCKING_FLUSH,
  BLOCKING_READ,
  BLOCKING_SPLICE,
  BLOCKING_WRITE,
  SPLICE,
  SUBSCRIBE_OUTPUT,
} from './functions-p2.ts';
import { both, fileHolds, INPUTS, PLAIN_INPUTS, PLAIN_OUTPUTS, SINKS, spliced } from './kinds-p2.ts';
import { FILES, HELLO, waitFor } from './opening-p2.ts';
import { atMost, closed, count, endsAfter, numberOf, someBytes, textOf } from './outcomes-p2.ts';
import { STREAMS } from './spec.ts';

const P2 = { wasi: 'p2', guest: 'probe-p2-io' } as const;

export interface Splicer {
  id: string;
  name: string;
  spec: string;
  blocks: boolean;
}

export const SPLICERS: readonly Splicer[] = [
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
export function inTwo(s: ScriptBuilder, splicer: Splicer, output: Slot, input: Slot, rest: bigint): Step[] {
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

export const spliceP2: ConformanceCase[] = [...pairs, ...lengths, zeroAtTheEnd];
