/** Owns the options of TCP sockets: what they take, what is read back, and that connecting leaves them alone. */

import { type Expectation, err, ok } from '../../harness/contracts/expect.ts';
import type { WasiValue } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { FAMILIES } from './addresses-p2.ts';
import { TCP_OPTIONS } from './functions-p2.ts';
import { TCP_SPEC } from './spec.ts';
import { connectedPair, create, must, networked } from './tcp-opening-p2.ts';

const SECOND = 1_000_000_000n;
const MOST_U64 = 2n ** 64n - 1n;

const is = (wanted: WasiValue): Expectation => ok(String(wanted), (value) => value === wanted);
const positive = ok('more than 0', (value) => (value as number | bigint) > 0);

interface NumberOption {
  option: Exclude<keyof typeof TCP_OPTIONS, 'keepAliveEnabled'>;
  spec: string;
  zero: WasiValue;
  /** Any of which "will never cause an error", but may be clamped or rounded. */
  taken: readonly WasiValue[];
  /** What is read back as it was set; nothing where the text allows for rounding. */
  exact?: readonly WasiValue[];
}

const NUMBERS: readonly NumberOption[] = [
  {
    option: 'keepAliveIdleTime',
    spec: TCP_SPEC.keepAliveIdleTime,
    zero: 0n,
    taken: [1n, SECOND, 90n * SECOND + 1n, 100_000n * SECOND, MOST_U64],
  },
  {
    option: 'keepAliveInterval',
    spec: TCP_SPEC.keepAliveInterval,
    zero: 0n,
    taken: [1n, SECOND, 90n * SECOND + 1n, 100_000n * SECOND, MOST_U64],
  },
  {
    option: 'keepAliveCount',
    spec: TCP_SPEC.keepAliveCount,
    zero: 0,
    taken: [1, 9, 127, 128, 0xffff_ffff],
  },
  { option: 'hopLimit', spec: TCP_SPEC.hopLimit, zero: 0, taken: [1, 64, 255], exact: [1, 64, 255] },
  {
    option: 'receiveBufferSize',
    spec: TCP_SPEC.bufferSize,
    zero: 0n,
    taken: [1n, 65_536n, 2n ** 31n, 2n ** 32n + 1n, MOST_U64],
  },
  {
    option: 'sendBufferSize',
    spec: TCP_SPEC.bufferSize,
    zero: 0n,
    taken: [1n, 65_536n, 2n ** 31n, 2n ** 32n + 1n, MOST_U64],
  },
];

const nameOf = (option: keyof typeof TCP_OPTIONS): string => TCP_OPTIONS[option].get.split('.').at(-1)!;

const numbers = NUMBERS.flatMap(({ option, spec, zero, taken, exact }): ConformanceCase[] => {
  const { get, set } = TCP_OPTIONS[option];
  const name = nameOf(option);
  return [
    networked({
      id: `tcp-socket.${name}/before-set`,
      title: `A new socket of either family has a ${name}, which is more than ${exact ? '1' : '0'}`,
      spec,
      script: (s) => {
        // "Equivalent to the IP_TTL" option: the system's own, with which a segment gets beyond the next router.
        const usable = exact ? ok('more than 1', (value) => Number(value) > 1) : positive;
        for (const family of FAMILIES) s.expect(s.call(get, create(s, family)), usable);
      },
    }),
    networked({
      id: `tcp-socket.set-${name}/0`,
      title: `A ${name} of 0 is refused with invalid-argument, and what was set before stays`,
      spec,
      script: (s) => {
        for (const family of FAMILIES) {
          const socket = create(s, family);
          must(s, set, socket, taken[1]!);
          const before = s.call(get, socket);
          s.expect(s.call(set, socket, zero), err('invalid-argument'));
          const after = s.call(get, socket);
          s.check('the value stays', [before, after], ({ values: [a, b] }) =>
            a?.kind === 'ok' && b?.kind === 'ok' && a.value === b.value ? true : 'it changed',
          );
        }
      },
    }),
    ...taken.map((value) =>
      networked({
        id: `tcp-socket.set-${name}/${value}`,
        title: `A ${name} of ${value} causes no error and reads as ${exact ? 'that' : 'something more than 0'}`,
        spec,
        script: (s) => {
          for (const family of FAMILIES) {
            const socket = create(s, family);
            s.expect(s.call(set, socket, value), ok());
            s.expect(s.call(get, socket), exact ? is(value) : positive);
          }
        },
      }),
    ),
  ];
});

const enabled = TCP_OPTIONS.keepAliveEnabled;
const PROPERTIES = ['keepAliveIdleTime', 'keepAliveInterval', 'keepAliveCount'] as const;

const more: ConformanceCase[] = [
  networked({
    id: 'tcp-socket.set-keep-alive-enabled/on-and-off',
    title: 'Keep-alive is off at first, can be enabled and disabled, and is read as it was set',
    spec: TCP_SPEC.keepAliveEnabled,
    script: (s) => {
      for (const family of FAMILIES) {
        const socket = create(s, family);
        s.expect(s.call(enabled.get, socket), is(false));
        for (const value of [true, false, true]) {
          s.expect(s.call(enabled.set, socket, value), ok());
          s.expect(s.call(enabled.get, socket), is(value));
        }
      }
    },
  }),
  networked({
    id: 'tcp-socket.set-keep-alive-enabled/keeps-properties',
    title:
      'What is configured while keep-alive is disabled stays when it is enabled, and when disabled again',
    // "These properties can be configured while `keep-alive-enabled` is false".
    spec: TCP_SPEC.keepAliveEnabled,
    script: (s) => {
      const socket = create(s);
      must(s, TCP_OPTIONS.keepAliveIdleTime.set, socket, 42n * SECOND);
      must(s, TCP_OPTIONS.keepAliveInterval.set, socket, 7n * SECOND);
      must(s, TCP_OPTIONS.keepAliveCount.set, socket, 5);
      // "Reading the same setting back may return a different value", which stays from then on.
      const read = () => PROPERTIES.map((option) => must(s, TCP_OPTIONS[option].get, socket));
      const before = read();
      for (const value of [true, false]) {
        must(s, enabled.set, socket, value);
        const after = read();
        s.check('the values stay', [...before, ...after], ({ values }) => {
          const told = values.map((seen) => (seen.kind === 'ok' ? String(seen.value) : seen.kind));
          const [first, then] = [told.slice(0, before.length).join(), told.slice(before.length).join()];
          return first === then || `${first}, then ${then}`;
        });
      }
    },
  }),
  networked({
    id: 'tcp-socket.set-hop-limit/one-socket-only',
    title: 'An option is set on one socket only: another keeps what it had',
    spec: TCP_SPEC.hopLimit,
    script: (s) => {
      const [one, other] = [create(s), create(s)];
      must(s, TCP_OPTIONS.hopLimit.set, one, 11);
      must(s, TCP_OPTIONS.hopLimit.set, other, 22);
      s.expect(s.call(TCP_OPTIONS.hopLimit.get, one), is(11));
      s.expect(s.call(TCP_OPTIONS.hopLimit.get, other), is(22));
    },
  }),
  networked({
    id: 'tcp-socket.set-hop-limit/kept-when-connected',
    title: 'What was set before connecting is set afterwards, and can be changed then',
    spec: TCP_SPEC.hopLimit,
    script: (s) => {
      const { client } = connectedPair(s, 'ipv4', {
        client: (socket) => {
          must(s, TCP_OPTIONS.hopLimit.set, socket, 33);
          must(s, TCP_OPTIONS.keepAliveEnabled.set, socket, true);
          must(s, TCP_OPTIONS.keepAliveCount.set, socket, 6);
        },
      });
      s.expect(s.call(TCP_OPTIONS.hopLimit.get, client.socket), is(33));
      s.expect(s.call(TCP_OPTIONS.keepAliveEnabled.get, client.socket), is(true));
      s.expect(s.call(TCP_OPTIONS.keepAliveCount.get, client.socket), is(6));
      s.expect(s.call(TCP_OPTIONS.hopLimit.set, client.socket, 44), ok());
      s.expect(s.call(TCP_OPTIONS.hopLimit.get, client.socket), is(44));
    },
  }),
];

export const tcpOptionsP2: ConformanceCase[] = [...numbers, ...more];
