/** Owns streams that are closed or fail: which error each call gives, and the next. */

import { ok, oneOf, trap } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import {
  BLOCK,
  BLOCKING_FLUSH,
  BLOCKING_READ,
  BLOCKING_SPLICE,
  BLOCKING_WRITE,
  BLOCKING_ZEROES,
  CHECK_WRITE,
  FLUSH,
  POLLABLE,
  READ,
  SPLICE,
  SUBSCRIBE_INPUT,
  SUBSCRIBE_OUTPUT,
  WRITE,
  WRITE_ZEROES,
} from './functions-p2.ts';
import { TAKERS } from './input-p2.ts';
import { both, PLAIN_INPUTS, PLAIN_OUTPUTS } from './kinds-p2.ts';
import {
  connect,
  connectAndReset,
  FILES,
  farOutput,
  HELLO,
  NETWORK,
  shutDown,
  VANISHING,
  waitFor,
} from './opening-p2.ts';
import { AFTER_A_FAILURE, bytes, closed, endsAfter, failed } from './outcomes-p2.ts';
import { permit } from './output-p2.ts';
import { STREAMS } from './spec.ts';

const P2 = { wasi: 'p2', guest: 'probe-p2-io' } as const;

interface Putter {
  id: string;
  spec: string;
  /** Needs a permit before it is called. */
  permitted?: true;
  put(s: ScriptBuilder, stream: Slot, input: Slot): Step;
}

/** All that is done to an output stream. */
const PUTTERS: readonly Putter[] = [
  { id: 'check-write', spec: STREAMS.checkWrite, put: (s, stream) => s.call(CHECK_WRITE, stream) },
  { id: 'write', spec: STREAMS.write, permitted: true, put: (s, stream) => s.call(WRITE, stream, HELLO) },
  {
    id: 'blocking-write-and-flush',
    spec: STREAMS.blockingWrite,
    put: (s, stream) => s.call(BLOCKING_WRITE, stream, HELLO),
  },
  { id: 'flush', spec: STREAMS.flush, put: (s, stream) => s.call(FLUSH, stream) },
  { id: 'blocking-flush', spec: STREAMS.blockingFlush, put: (s, stream) => s.call(BLOCKING_FLUSH, stream) },
  {
    id: 'write-zeroes',
    spec: STREAMS.writeZeroes,
    permitted: true,
    put: (s, stream) => s.call(WRITE_ZEROES, stream, 5n),
  },
  {
    id: 'blocking-write-zeroes-and-flush',
    spec: STREAMS.blockingZeroes,
    put: (s, stream) => s.call(BLOCKING_ZEROES, stream, 5n),
  },
  { id: 'splice', spec: STREAMS.splice, put: (s, stream, input) => s.call(SPLICE, stream, input, 64n) },
  {
    id: 'blocking-splice',
    spec: STREAMS.blockingSplice,
    put: (s, stream, input) => s.call(BLOCKING_SPLICE, stream, input, 64n),
  },
];

/** The permit went by the first call, and check-write gave no other. */
const WITHOUT_PERMIT = oneOf(
  '"A closed output-stream will return this error on all future operations", and yet "Precondition: check-write gave permit of Ok(n) […] Otherwise, this function will trap"',
  closed,
  trap('there is no permit'),
);

/** "A closed output-stream will return this error on all future operations." */
const shut = PUTTERS.map(
  ({ id, spec, permitted, put }): ConformanceCase => ({
    ...P2,
    id: `output-stream.${id}/closed`,
    title: `${id} on a stream that was closed${permitted ? ' since its permit' : ''} fails with closed, ${permitted ? 'and then so or with a trap' : 'then as before'}`,
    spec: permitted ? spec : STREAMS.error,
    world: both(FILES, NETWORK),
    script: (s) => {
      const input = PLAIN_INPUTS[0]!.open(s);
      const [one] = connect(s);
      permit(s, one.output);
      shutDown(s, one);
      waitFor(s, one.output, SUBSCRIBE_OUTPUT);
      s.expect(put(s, one.output, input), closed);
      s.expect(s.call(CHECK_WRITE, one.output), closed);
      s.expect(put(s, one.output, input), permitted ? WITHOUT_PERMIT : closed);
      const left = Array.from({ length: HELLO.length + 2 }, () => s.call(BLOCKING_READ, input, 64n));
      if (id.endsWith('splice')) s.check('nothing was taken from the input', left, endsAfter(HELLO));
    },
  }),
);

const CLOSED_OR_FAILED = oneOf(AFTER_A_FAILURE, closed, failed);
const LATER =
  'whether a write that fails has been tried when the call returns is a matter of time: "Perform a write. This function never blocks."';

/** The first call may only ask for what fails later; a call that waits for the outcome tells it. */
const far: ConformanceCase[] = [
  ...(
    [
      ['blocking-write-and-flush', BLOCKING_WRITE, HELLO, STREAMS.blockingWrite],
      ['blocking-write-zeroes-and-flush', BLOCKING_ZEROES, 5n, STREAMS.blockingZeroes],
    ] as const
  ).map(
    ([id, name, what, spec]): ConformanceCase => ({
      ...P2,
      id: `output-stream.${id}/fails`,
      title: `${id} where no file can have a byte fails with last-operation-failed, and is not told to have worked later`,
      spec,
      world: FILES,
      script: (s) => {
        const stream = farOutput(s);
        s.expect(s.call(name, stream, what), failed);
        s.expect(s.call(CHECK_WRITE, stream), CLOSED_OR_FAILED);
        s.expect(s.call(name, stream, what), CLOSED_OR_FAILED);
      },
    }),
  ),
  ...PUTTERS.filter(({ id }) => ['check-write', 'flush', 'blocking-flush', 'splice'].includes(id)).map(
    ({ id, spec, put }): ConformanceCase => ({
      ...P2,
      id: `output-stream.${id}/fails`,
      title: `After a write that failed ${id} fails with last-operation-failed, and later calls fail too`,
      spec,
      world: FILES,
      script: (s) => {
        const stream = farOutput(s);
        const input = PLAIN_INPUTS[0]!.open(s);
        permit(s, stream);
        s.expect(s.call(WRITE, stream, HELLO), oneOf(LATER, ok(), failed));
        waitFor(s, stream, SUBSCRIBE_OUTPUT);
        s.expect(put(s, stream, input), failed);
        s.expect(s.call(CHECK_WRITE, stream), CLOSED_OR_FAILED);
        s.expect(s.call(FLUSH, stream), CLOSED_OR_FAILED);
      },
    }),
  ),
  {
    ...P2,
    id: 'output-stream.write-zeroes/fails',
    title:
      'Zeros that can’t be written make the stream ready, and its next call fails with last-operation-failed',
    spec: STREAMS.writeZeroes,
    world: FILES,
    script: (s) => {
      const stream = farOutput(s);
      permit(s, stream);
      const pollable = s.call(SUBSCRIBE_OUTPUT, stream);
      s.expect(s.call(WRITE_ZEROES, stream, 5n), oneOf(LATER, ok(), failed));
      s.expect(s.call(BLOCK, pollable.value), ok());
      s.expect(s.drop(POLLABLE, pollable.value), ok());
      s.expect(s.call(CHECK_WRITE, stream), CLOSED_OR_FAILED);
    },
  },
  {
    ...P2,
    id: 'output-stream.blocking-splice/fails',
    title: 'Splicing to where no file can have a byte fails, at once or by the next call',
    spec: STREAMS.blockingSplice,
    world: FILES,
    script: (s) => {
      const stream = farOutput(s);
      const input = PLAIN_INPUTS[0]!.open(s);
      const step = s.call(BLOCKING_SPLICE, stream, input, 64n);
      s.expect(step, oneOf(LATER, failed, ok()));
      s.expect(s.call(BLOCKING_FLUSH, stream), CLOSED_OR_FAILED);
    },
  },
];

const RESET =
  'a connection that was reset failed, and takes and gives no more: the text has an error for the one and one for the other';
const BROKEN = oneOf(RESET, closed, failed);

/** The peer vanished: what it sent may be incomplete, so that this is no end in good order. */
const reset: ConformanceCase[] = [
  ...TAKERS.map(
    ({ id, name, spec }): ConformanceCase => ({
      ...P2,
      id: `input-stream.${id}/reset`,
      title: `${id} on a connection that was reset fails, and later calls fail too`,
      spec,
      world: VANISHING,
      script: (s) => {
        const { input } = connectAndReset(s);
        s.expect(s.call(name, input, 64n), BROKEN);
        s.expect(s.call(name, input, 64n), CLOSED_OR_FAILED);
        s.expect(s.call(READ, input, 64n), CLOSED_OR_FAILED);
      },
    }),
  ),
  ...PUTTERS.filter(({ id }) => id.endsWith('splice')).map(
    ({ id, spec, put }): ConformanceCase => ({
      ...P2,
      id: `output-stream.${id}/from-reset`,
      // jco waits for ever.
      ...(id === 'blocking-splice' ? { patience: 0.1 } : {}),
      title: `${id} from a connection that was reset fails, and the output goes on`,
      spec,
      world: both(FILES, VANISHING),
      script: (s) => {
        const { input } = connectAndReset(s);
        const { stream, arrived } = PLAIN_OUTPUTS[0]!.open(s);
        s.expect(put(s, stream, input), BROKEN);
        s.expect(s.call(BLOCKING_WRITE, stream, HELLO), ok());
        arrived(HELLO);
      },
    }),
  ),
  ...PUTTERS.filter(({ id }) => id.startsWith('blocking-write')).map(
    ({ id, spec, put }): ConformanceCase => ({
      ...P2,
      id: `output-stream.${id}/reset`,
      title: `${id} to a connection that was reset fails, and so does what comes after it`,
      spec,
      world: VANISHING,
      script: (s) => {
        const { output, input } = connectAndReset(s);
        s.expect(put(s, output, input), BROKEN);
        s.expect(s.call(CHECK_WRITE, output), CLOSED_OR_FAILED);
      },
    }),
  ),
];

/** Standard output whose reader has left. */
const brokenPipe: ConformanceCase = {
  ...P2,
  id: 'output-stream.write/stdout-closed-pipe',
  title: 'Writing to a pipe that nobody reads fails, itself or by what flushes it',
  spec: STREAMS.write,
  world: { stdout: 'closed-pipe' },
  script: (s) => {
    const stream = s.let(s.call('wasi:cli/stdout#get-stdout').value);
    s.call(CHECK_WRITE, stream);
    const step = s.call(WRITE, stream, HELLO);
    s.expect(step, oneOf(`${LATER}; and ${RESET}`, ok(), closed, failed));
    const flushed = s.call(BLOCKING_FLUSH, stream);
    s.check('one of the two failed', [step, flushed], ({ values }) =>
      values.some(({ kind }) => kind === 'err') ? true : 'both succeeded',
    );
  },
};

/** Input that its own side has closed: "The `input-stream` associated with this socket will be closed." */
const shutInput: ConformanceCase = {
  ...P2,
  id: 'input-stream.read/shut-down',
  // jco waits for ever.
  patience: 0.1,
  title:
    'An input stream that its own side has shut down is ready, and reading it fails with closed for good',
  spec: STREAMS.read,
  world: NETWORK,
  script: (s) => {
    const [one] = connect(s);
    s.expect(s.call(READ, one.input, 64n), bytes(''));
    s.expect(s.call('wasi:sockets/tcp#[method]tcp-socket.shutdown', one.socket, 'receive'), ok());
    const pollable = s.call(SUBSCRIBE_INPUT, one.input);
    s.expect(s.call(BLOCK, pollable.value), ok());
    s.expect(s.drop(POLLABLE, pollable.value), ok());
    for (const { name } of TAKERS) s.expect(s.call(name, one.input, 64n), closed);
  },
};

export const failuresP2: ConformanceCase[] = [...shut, ...far, ...reset, brokenPipe, shutInput];
