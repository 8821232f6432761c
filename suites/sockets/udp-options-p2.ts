/** Owns the options of UDP sockets: what they take, what is read back, and that binding leaves them alone. */

import { type Expectation, err, ok } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, WasiValue } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { FAMILIES, type Family, loopback } from './addresses-p2.ts';
import { UDP_OPTIONS } from './functions-p2.ts';
import { UDP_SPEC } from './spec.ts';
import { must, networked } from './tcp-opening-p2.ts';
import { bindUdp, boundUdp, createUdp } from './udp-opening-p2.ts';

const is = (wanted: WasiValue): Expectation => ok(String(wanted), (value) => value === wanted);

const positive = ok('more than 0', (value) => (value as number | bigint) > 0);
const MOST_U64 = 2n ** 64n - 1n;

const options = (
  [
    ['hopLimit', UDP_SPEC.hopLimit, 0, [1, 64, 255]],
    ['receiveBufferSize', UDP_SPEC.bufferSize, 0n, [1n, 65_536n, 2n ** 31n, 2n ** 32n + 1n, MOST_U64]],
    ['sendBufferSize', UDP_SPEC.bufferSize, 0n, [1n, 65_536n, 2n ** 31n, 2n ** 32n + 1n, MOST_U64]],
  ] as const
).flatMap(([option, spec, zero, taken]): ConformanceCase[] => {
  const { get, set } = UDP_OPTIONS[option];
  const name = get.split('.').at(-1)!;
  const bothWays: readonly [string, (s: ScriptBuilder, family: Family) => Slot][] = [
    ['unbound', createUdp],
    ['bound', (s, family) => boundUdp(s, family).socket],
  ];
  return [
    networked({
      id: `udp-socket.set-${name}/0`,
      title: `A ${name} of 0 is refused with invalid-argument, and what was set before stays`,
      spec,
      script: (s) => {
        for (const family of FAMILIES) {
          const { socket } = boundUdp(s, family);
          must(s, set, socket, taken[1]);
          const before = s.call(get, socket);
          s.expect(s.call(set, socket, zero), err('invalid-argument'));
          const after = s.call(get, socket);
          s.check('the value stays', [before, after], ({ values: [a, b] }) =>
            a?.kind === 'ok' && b?.kind === 'ok' && a.value === b.value ? true : 'it changed',
          );
        }
      },
    }),
    ...bothWays.flatMap(([state, open]) =>
      taken.map((value) =>
        networked({
          id: `udp-socket.set-${name}/${value}-${state}`,
          title: `A ${name} of ${value} of a socket that is ${state} causes no error and reads as ${option === 'hopLimit' ? 'that' : 'something more than 0'}`,
          spec,
          script: (s) => {
            for (const family of FAMILIES) {
              const socket = open(s, family);
              s.expect(s.call(set, socket, value), ok());
              s.expect(s.call(get, socket), option === 'hopLimit' ? is(value) : positive);
            }
          },
        }),
      ),
    ),
    networked({
      id: `udp-socket.${name}/before-set`,
      title: `A new socket of either family has a ${name}, which is more than 0, and keeps it when bound`,
      spec,
      script: (s) => {
        for (const family of FAMILIES) {
          const socket = createUdp(s, family);
          s.expect(s.call(get, socket), positive);
          bindUdp(s, socket, loopback(family));
          s.expect(s.call(get, socket), positive);
        }
      },
    }),
    networked({
      id: `udp-socket.set-${name}/kept-when-bound`,
      title: `A ${name} that is set before binding is set afterwards`,
      spec,
      script: (s) => {
        const socket = createUdp(s);
        must(s, set, socket, taken[1]);
        const before = s.call(get, socket);
        bindUdp(s, socket, loopback('ipv4'));
        const after = s.call(get, socket);
        s.check('it is the same', [before, after], ({ values: [a, b] }) =>
          a?.kind === 'ok' && b?.kind === 'ok' && a.value === b.value ? true : 'it changed',
        );
      },
    }),
  ];
});

export const udpOptionsP2: ConformanceCase[] = options;
