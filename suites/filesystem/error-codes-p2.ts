/** Owns what preview 2's `filesystem-error-code` makes of an error that is none of a file system. */

import { type Expectation, type Observed, ok } from '../../harness/contracts/expect.ts';
import { portOf } from '../../harness/contracts/peer.ts';
import { at } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { BLOCK, BLOCKING_READ, BLOCKING_WRITE, FILESYSTEM_ERROR_CODE } from './functions-p2.ts';
import { FUNCTION } from './spec-p2.ts';

const CODE = 'filesystem-error-code';
const TCP = 'wasi:sockets/tcp#[method]tcp-socket.';

const isNone = (seen: Observed | undefined) => seen?.kind === 'ok' && seen.value === null;
/** Where the stream is closed there is no error, and asking about it is an end that counts for nothing. */
const NONE_OR_NOTHING: Expectation = {
  describe: 'none, or no error to ask about',
  test: (seen) => seen.kind === 'trap' || isNone(seen),
  asserts: 'ok',
  mayEnd: true,
};

export const errorCodesP2: ConformanceCase[] = [
  {
    wasi: 'p2',
    guest: 'probe-p2-io',
    spec: FUNCTION.filesystemErrorCode,
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
      s.call(BLOCK, s.call(`${TCP}subscribe`, socket).value);
      const connected = s.call(`${TCP}finish-connect`, socket);
      s.expect(connected, ok());
      // Behind the input stream stands the output stream. Only what the peer has received makes it leave.
      s.expect(s.call(BLOCKING_WRITE, at`u32[${connected.area} + 8]`, 'ping'), ok());
      const read = s.call(BLOCKING_READ, connected.value, 10n);
      // The error's handle: behind the case of the result and that of the variant, the first of which has one.
      const error = s.let(at`u32[${read.area} + 8] * (u8[${read.area} + 4] == 0) * u8[${read.area}]`);
      const code = s.call(FILESYSTEM_ERROR_CODE, error);
      s.expect(code, NONE_OR_NOTHING);
      s.check('the read fails, and its error has no code', [read, code], ({ values: [failed, asked] }) => {
        if (failed?.kind !== 'err') return `the read came to ${failed?.kind}`;
        if ((failed.error as { tag?: string }).tag === 'closed')
          return { holds: 'the stream says that it is closed, and has no error to ask about' };
        return isNone(asked) || 'there is an error, and it has a code or asking for it fails';
      });
    },
  },
];
