/** Owns what preview 2's `filesystem-error-code` makes of the errors of streams, of files and of others. */

import { type Expectation, type Observed, ok } from '../../harness/contracts/expect.ts';
import { portOf } from '../../harness/contracts/peer.ts';
import { at, type ScriptBuilder, type Slot, type Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { FILESYSTEM_ERROR_CODE, OPEN_AT, READ_VIA_STREAM, WRITE_VIA_STREAM } from './path-functions-p2.ts';
import { FUNCTION } from './path-spec-p2.ts';
import { holding, P2, preopen } from './paths-opening-p2.ts';
import { leaves } from './tree-p1.ts';

const CODE = 'filesystem-error-code';
const CASE = { ...P2, spec: FUNCTION.filesystemErrorCode, world: holding({ file: 'content' }) };
const TCP = 'wasi:sockets/tcp#[method]tcp-socket.';
const BLOCKING_READ = 'wasi:io/streams#[method]input-stream.blocking-read';
const BLOCKING_WRITE = 'wasi:io/streams#[method]output-stream.blocking-write-and-flush';

/** Expects a stream's `last-operation-failed`, and returns the handle of its error: behind the result's and the variant's case. */
function failed(s: ScriptBuilder, step: Step): Slot {
  s.check('the last operation failed', [step], ({ values: [seen] }) => {
    return isFailed(seen) || `it came to ${seen?.kind}`;
  });
  return s.let(at`u32[${step.area} + 8]`);
}

const isFailed = (seen: Observed | undefined) =>
  seen?.kind === 'err' && (seen.error as { tag?: string }).tag === 'last-operation-failed';

const one = (...names: string[]): Expectation =>
  ok(names.join(' or '), (value) => names.includes(value as string));

export const streamErrorsP2: ConformanceCase[] = [
  {
    ...CASE,
    id: `${CODE}/read-unreadable`,
    title: 'The error of reading from what was opened for writing only has a code of the file system',
    script: (s) => {
      const file = s.call(OPEN_AT, preopen(s), [], 'file', [], ['write']);
      const stream = s.call(READ_VIA_STREAM, file.value, 0n);
      s.expect(stream, ok());
      const error = failed(s, s.call(BLOCKING_READ, stream.value, 10n));
      for (let time = 0; time < 2; time++)
        s.expect(s.call(FILESYSTEM_ERROR_CODE, error), one('bad-descriptor', 'not-permitted'));
    },
  },
  {
    ...CASE,
    id: `${CODE}/write-unwritable`,
    title: 'The error of writing to what was opened for reading only has a code of the file system',
    script: (s) => {
      const file = s.call(OPEN_AT, preopen(s), [], 'file', [], ['read']);
      const stream = s.call(WRITE_VIA_STREAM, file.value, 0n);
      s.expect(stream, ok());
      const error = failed(s, s.call(BLOCKING_WRITE, stream.value, 'more'));
      s.expect(s.call(FILESYSTEM_ERROR_CODE, error), one('bad-descriptor', 'not-permitted'));
      leaves(s, ['file = content']);
    },
  },
  {
    ...CASE,
    guest: 'probe-p2-io',
    id: `${CODE}/reset-connection`,
    title: 'The error of a connection that was reset has no code of the file system',
    world: {
      network: true,
      peers: [
        { protocol: 'tcp', listensOn: 'away', steps: [{ do: 'await-bytes', count: 4 }, { do: 'reset' }] },
      ],
    },
    script: (s) => {
      const network = s.call('wasi:sockets/instance-network#instance-network').value;
      const socket = s.let(s.call('wasi:sockets/tcp-create-socket#create-tcp-socket', 'ipv4').value);
      const address = { tag: 'ipv4', value: { port: portOf('away'), address: [127, 0, 0, 1] } };
      s.expect(s.call(`${TCP}start-connect`, socket, network, address), ok());
      s.call('wasi:io/poll#[method]pollable.block', s.call(`${TCP}subscribe`, socket).value);
      const connected = s.call(`${TCP}finish-connect`, socket);
      s.expect(connected, ok());
      // Behind the input stream stands the output stream. Only what the peer has received makes it leave.
      s.expect(s.call(BLOCKING_WRITE, at`u32[${connected.area} + 8]`, 'ping'), ok());
      const error = failed(s, s.call(BLOCKING_READ, connected.value, 10n));
      s.expect(
        s.call(FILESYSTEM_ERROR_CODE, error),
        ok('none', (value) => value === null),
      );
    },
  },
];
