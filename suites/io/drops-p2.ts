/** Owns in which order streams, their pollables and what they were opened on can be dropped. */

import { ok, oneOf, trap } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import {
  BLOCKING_READ,
  BLOCKING_WRITE,
  DESCRIPTOR,
  INPUT_STREAM,
  OUTPUT_STREAM,
  POLLABLE,
} from './functions-p2.ts';
import { INPUTS, OUTPUTS, PLAIN_INPUTS, PLAIN_OUTPUTS } from './kinds-p2.ts';
import { connect, FILES, HELLO, open, readFrom, subscribe, subscribeOutput, writeTo } from './opening-p2.ts';
import { bytes } from './outcomes-p2.ts';
import { DROP, FILE_STREAMS, STREAMS } from './spec.ts';

const P2 = { wasi: 'p2', guest: 'probe-p2-io' } as const;

const MAY_TRAP = (stream: string) =>
  `"Implementations may trap if the \`${stream}\` is dropped before all derived \`pollable\`s created with this function are dropped"`;

export const dropsP2: ConformanceCase[] = [
  ...PLAIN_INPUTS.flatMap((kind): ConformanceCase[] => [
    {
      ...P2,
      id: `input-stream.drop/${kind.id}-in-order`,
      title: `A stream from ${kind.words}, read or not, can be dropped when its pollables were`,
      spec: DROP,
      world: kind.world,
      script: (s) => {
        const stream = kind.open(s);
        const pollables = [subscribe(s, stream), subscribe(s, stream)];
        for (const one of pollables.toReversed()) s.expect(s.drop(POLLABLE, one), ok());
        s.expect(s.drop(INPUT_STREAM, stream), ok());
      },
    },
    {
      ...P2,
      id: `input-stream.drop/${kind.id}-before-pollable`,
      title: `Dropping a stream from ${kind.words} before its pollable does so or traps`,
      spec: STREAMS.subscribeInput,
      world: kind.world,
      script: (s) => {
        // The side that connected: jco takes a stream's pollable on the other side for one of its socket's, and ends its process
        // when it cleans up.
        const stream = kind.id === 'tcp' ? connect(s)[0].input : kind.open(s);
        subscribe(s, stream);
        s.expect(
          s.drop(INPUT_STREAM, stream),
          oneOf(MAY_TRAP('input-stream'), ok(), trap('its child lives')),
        );
      },
    },
  ]),
  ...PLAIN_OUTPUTS.flatMap((kind): ConformanceCase[] => [
    {
      ...P2,
      id: `output-stream.drop/${kind.id}-in-order`,
      title: `A stream to ${kind.words} can be dropped when its pollables were, and what was written is there`,
      spec: DROP,
      world: kind.world,
      script: (s) => {
        const { stream, arrived } = kind.open(s);
        const pollables = [subscribeOutput(s, stream), subscribeOutput(s, stream)];
        s.expect(s.call(BLOCKING_WRITE, stream, HELLO), ok());
        for (const one of pollables) s.expect(s.drop(POLLABLE, one), ok());
        if (kind.id !== 'tcp') s.expect(s.drop(OUTPUT_STREAM, stream), ok());
        // Of a connection it drops the stream itself.
        arrived(HELLO);
      },
    },
    {
      ...P2,
      id: `output-stream.drop/${kind.id}-before-pollable`,
      title: `Dropping a stream to ${kind.words} before its pollable does so or traps`,
      spec: STREAMS.subscribeOutput,
      world: kind.world,
      script: (s) => {
        const { stream } = kind.open(s);
        subscribeOutput(s, stream);
        s.expect(
          s.drop(OUTPUT_STREAM, stream),
          oneOf(MAY_TRAP('output-stream'), ok(), trap('its child lives')),
        );
      },
    },
  ]),
  {
    ...P2,
    id: 'input-stream.drop/stdin',
    title: 'Standard input can be dropped, with bytes unread',
    spec: DROP,
    world: INPUTS[2]!.world,
    script: (s) => s.expect(s.drop(INPUT_STREAM, INPUTS[2]!.open(s)), ok()),
  },
  {
    ...P2,
    id: 'output-stream.drop/stdout',
    title: 'Standard output can be dropped, and what was written is there',
    spec: DROP,
    world: OUTPUTS[3]!.world,
    script: (s) => {
      const { stream, arrived } = OUTPUTS[3]!.open(s);
      s.expect(s.call(BLOCKING_WRITE, stream, HELLO), ok());
      s.expect(s.drop(OUTPUT_STREAM, stream), ok());
      arrived(HELLO);
    },
  },
  {
    ...P2,
    id: 'input-stream.drop/one-of-two',
    title: 'When one of two streams of a file is dropped the other is read on',
    spec: FILE_STREAMS,
    world: FILES,
    script: (s) => {
      const descriptor = open(s, 'source', 'read');
      const [one, other] = [readFrom(s, descriptor), readFrom(s, descriptor)];
      s.expect(s.call(BLOCKING_READ, one, 1n), bytes('h'));
      s.expect(s.call(BLOCKING_READ, other, 1n), bytes('h'));
      s.expect(s.drop(INPUT_STREAM, one), ok());
      s.expect(s.call(BLOCKING_READ, other, 1n), bytes('e'));
    },
  },
  {
    ...P2,
    id: 'input-stream.drop/descriptor-first',
    title: 'A file’s stream, which is no child of its descriptor, is read on when that was dropped',
    spec: FILE_STREAMS,
    world: FILES,
    script: (s) => {
      const descriptor = open(s, 'source', 'read');
      const stream = readFrom(s, descriptor);
      s.expect(s.drop(DESCRIPTOR, descriptor), ok());
      s.expect(s.call(BLOCKING_READ, stream, 1n), bytes('h'));
      s.expect(s.drop(INPUT_STREAM, stream), ok());
    },
  },
  {
    ...P2,
    id: 'output-stream.drop/descriptor-first',
    title: 'A file’s stream, which is no child of its descriptor, is written on when that was dropped',
    spec: FILE_STREAMS,
    world: FILES,
    script: (s) => {
      const descriptor = open(s, 'target', 'write');
      const stream = writeTo(s, descriptor);
      s.expect(s.drop(DESCRIPTOR, descriptor), ok());
      s.expect(s.call(BLOCKING_WRITE, stream, HELLO), ok());
      s.expect(s.drop(OUTPUT_STREAM, stream), ok());
    },
  },
];
