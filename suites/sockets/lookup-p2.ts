/** Owns looking up names: addresses as text, the local host, names that are none, and the end of a stream of addresses. */

import { type Expectation, err, type Observed, ok, oneOf } from '../../harness/contracts/expect.ts';
import {
  at,
  dropOf,
  type ScriptBuilder,
  type Slot,
  type Step,
  type WasiValue,
} from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { FOREIGN, LOOPBACK, MAPPED_LOOPBACK } from './addresses-p2.ts';
import { KIND, POLL, RESOLVE, RESOLVE_NEXT, RESOLVE_SUBSCRIBE, SUBSCRIBE_DURATION } from './functions-p2.ts';
import { ABI_DROP, LOOKUP_SPEC } from './spec.ts';
import { network, networked } from './tcp-opening-p2.ts';
import { awaitReady, expectPollable } from './waiting-p2.ts';

interface Address {
  tag: string;
  value: number[];
}

const same = (value: unknown, tag: string, parts: readonly number[]): boolean => {
  const seen = value as Address | null;
  return seen?.tag === tag && seen.value.join() === parts.join();
};
const isIp = (tag: string, parts: readonly number[]): Expectation =>
  ok(`${tag} ${parts.join(tag === 'ipv4' ? '.' : ':')}`, (value) => same(value, tag, parts));
const none = ok('none', (value) => value === null);

function resolve(s: ScriptBuilder, name: string): Slot {
  const step = s.call(RESOLVE, network(s), name);
  s.expect(step, ok());
  return s.let(step.value);
}

/** Name, its address; each is a text of it, which "is parsed and returned as-is". */
const LITERALS: readonly (readonly [
  id: string,
  name: string,
  tag: 'ipv4' | 'ipv6',
  parts: readonly number[],
])[] = [
  ['ipv4-loopback', '127.0.0.1', 'ipv4', LOOPBACK.ipv4],
  ['ipv4-foreign', '192.0.2.1', 'ipv4', FOREIGN.ipv4],
  ['ipv4-last', '255.255.255.255', 'ipv4', [255, 255, 255, 255]],
  ['ipv6-loopback', '::1', 'ipv6', LOOPBACK.ipv6],
  ['ipv6-foreign', '2001:db8::1', 'ipv6', FOREIGN.ipv6],
  ['ipv6-in-full', '2001:0DB8:0000:0000:0000:0000:0000:0001', 'ipv6', FOREIGN.ipv6],
  ['ipv6-unspecified', '::', 'ipv6', [0, 0, 0, 0, 0, 0, 0, 0]],
  ['ipv6-gap-at-end', 'fe80::', 'ipv6', [0xfe80, 0, 0, 0, 0, 0, 0, 0]],
  ['ipv6-with-ipv4', '64:ff9b::192.0.2.1', 'ipv6', [0x64, 0xff9b, 0, 0, 0, 0, 0xc000, 0x201]],
];

const literals = LITERALS.map(
  ([id, name, tag, parts]): ConformanceCase =>
    networked({
      id: `resolve-addresses/${id}`,
      title: `The text ${name} is that address and no other, and after it there is none, however often one asks`,
      spec: LOOKUP_SPEC.resolve,
      script: (s) => {
        const stream = resolve(s, name);
        awaitReady(s, RESOLVE_SUBSCRIBE, stream);
        s.expect(s.call(RESOLVE_NEXT, stream), isIp(tag, parts));
        s.expect(s.call(RESOLVE_NEXT, stream), none);
        s.expect(s.call(RESOLVE_NEXT, stream), none);
      },
    }),
);

/** Neither domain names nor addresses. */
const NO_NAMES: readonly (readonly [id: string, words: string, name: string])[] = [
  ['empty', 'an empty name', ''],
  ['space', 'a name with a space', 'local host'],
  ['nul', 'a name with a NUL character', 'local\0host'],
  ['port', 'an address with a port', '127.0.0.1:80'],
  ['scheme', 'a URL', 'http://localhost/'],
  ['slash', 'a name with a slash', 'localhost/24'],
  ['at-sign', 'a name with an at sign', 'user@localhost'],
  ['ipv6-two-gaps', 'an IPv6 address with two gaps', '1::2::3'],
  ['ipv6-of-nine-parts', 'an IPv6 address of nine parts', '1:2:3:4:5:6:7:8:9'],
  ['empty-label', 'a name with an empty label', 'local..host'],
  [
    'label-of-64',
    'a name with a label of 64 characters, of which RFC 1035 allows 63',
    `${'a'.repeat(64)}.invalid`,
  ],
];

const noNames = NO_NAMES.map(
  ([id, words, name]): ConformanceCase =>
    networked({
      id: `resolve-addresses/invalid-${id}`,
      title: `Looking up ${words} fails with invalid-argument at once`,
      spec: LOOKUP_SPEC.resolve,
      script: (s) => s.expect(s.call(RESOLVE, network(s), name), err('invalid-argument')),
    }),
);

/** No addresses, but by the letters a domain name may consist of they could be names. */
const NUMBERS = [
  ['ipv4-beyond-255', 'an address with a part beyond 255', '127.0.0.256'],
  ['ipv4-of-five-parts', 'an address of five parts', '127.0.0.0.1'],
] as const;
const LABELS_OF_DIGITS =
  'RFC 1123 lets a label of a domain name consist of digits, and yet says that the last of a host name "will be alphabetic"';

/**
 * Begins to look a name up, and where that succeeds asks for an address when there is one, or after a while. What that came to is
 * shown as it lies in memory: a `result<option<ip-address>, error-code>`; all ones where nothing was asked.
 */
export function lookUp(s: ScriptBuilder, name: string): { started: Step; asked: Step } {
  const started = s.call(RESOLVE, network(s), name);
  const [answer, ready, list] = [s.alloc(32), s.alloc(8), s.alloc(8)];
  s.fill(answer, 32, 0xff);
  const clock = s.let(s.call(SUBSCRIBE_DURATION, 500_000_000n).value);
  s.loop(at`u8[${started.area}] == 0`, () => {
    const pollable = s.raw(RESOLVE_SUBSCRIBE, [started.value]).result;
    s.store('u32', list, pollable);
    s.store('u32', at`${list} + 4`, clock);
    s.raw(POLL, [list, 2, ready]);
    s.raw(RESOLVE_NEXT, [started.value, answer]);
    s.raw(dropOf(KIND.pollable), [pollable]);
  });
  s.drop(KIND.pollable, clock);
  return { started, asked: s.show(answer, 4) };
}

/** What `lookUp` shows: an error's number, `address`, `none`, or nothing. */
export function answerIn(seen: Observed | undefined): number | 'address' | 'none' | undefined {
  const [failed, , code] = seen?.kind === 'ok' && seen.value instanceof Uint8Array ? seen.value : [];
  if (failed === 1) return code;
  if (failed === 0) return code === 1 ? 'address' : 'none';
  return undefined;
}

const numbers = NUMBERS.map(
  ([id, words, name]): ConformanceCase =>
    networked({
      id: `resolve-addresses/invalid-${id}`,
      title: `Looking up ${words} fails with invalid-argument at once, or is a name that has no address`,
      spec: LOOKUP_SPEC.resolve,
      script: (s) => {
        const { started, asked } = lookUp(s, name);
        s.expect(started, oneOf(LABELS_OF_DIGITS, err('invalid-argument'), ok()));
        s.check('no address comes of it', [asked], ({ values: [seen] }) =>
          answerIn(seen) === 'address' ? 'one does' : true,
        );
      },
    }),
);

const isLocal = ok(
  'an address of the loopback',
  (value) => same(value, 'ipv6', LOOPBACK.ipv6) || (value as unknown as Address | null)?.value[0] === 127,
);

/** Asks for the next address when it is there, or after 150 ms; what there is of a network is the host's business. */
function nextWithin(s: ScriptBuilder, stream: Slot) {
  const pollable = s.let(s.call(RESOLVE_SUBSCRIBE, stream).value);
  const clock = s.let(s.call(SUBSCRIBE_DURATION, 150_000_000n).value);
  s.expect(s.call(POLL, [pollable, clock]), ok());
  const step = s.call(RESOLVE_NEXT, stream);
  s.drop(KIND.pollable, pollable);
  s.drop(KIND.pollable, clock);
  return step;
}

const UNRESOLVED = oneOf(
  'no name ends in .invalid, but a host that has no resolver at hand can only tell that it fails, or is still waiting',
  ...['name-unresolvable', 'temporary-resolver-failure', 'permanent-resolver-failure', 'would-block'].map(
    err,
  ),
);

const names: ConformanceCase[] = [
  ...[
    ['localhost', 'localhost'],
    ['localhost-in-capitals', 'LOCALHOST'],
  ].map(([id, name]) =>
    networked({
      id: `resolve-address-stream.resolve-next-address/${id}`,
      title: `The name ${name} has addresses of the loopback only, never IPv4-mapped ones, and then comes the end`,
      spec: LOOKUP_SPEC.next,
      script: (s) => {
        const stream = resolve(s, name!);
        awaitReady(s, RESOLVE_SUBSCRIBE, stream);
        s.expect(s.call(RESOLVE_NEXT, stream), isLocal);
        const more = Array.from({ length: 7 }, () => s.call(RESOLVE_NEXT, stream));
        s.check('only the loopback, and then the end for good', more, ({ values }) => {
          const seen = values.map((one) => (one.kind === 'ok' ? one.value : one.kind));
          const end = seen.indexOf(null);
          const before = seen.slice(0, end) as WasiValue[];
          const fine =
            end >= 0 &&
            before.every((value) => isLocal.test({ kind: 'ok', value })) &&
            seen.slice(end).every((value) => value === null);
          return fine || JSON.stringify(seen);
        });
      },
    }),
  ),
  networked({
    id: 'resolve-address-stream.resolve-next-address/at-once',
    title: 'Asking at once gives an address or would-block, and the address when it is ready',
    spec: LOOKUP_SPEC.next,
    script: (s) => {
      const stream = resolve(s, '127.0.0.1');
      const why = '"would-block: A result is not available yet"';
      s.expect(s.call(RESOLVE_NEXT, stream), oneOf(why, isIp('ipv4', LOOPBACK.ipv4), err('would-block')));
      awaitReady(s, RESOLVE_SUBSCRIBE, stream);
      s.expect(s.call(RESOLVE_NEXT, stream), oneOf(why, isIp('ipv4', LOOPBACK.ipv4), none));
      s.expect(s.call(RESOLVE_NEXT, stream), none);
    },
  }),
  networked({
    id: 'resolve-address-stream.resolve-next-address/unresolvable',
    title: 'A name of which there is none does not block: it fails, or would block until it does',
    spec: LOOKUP_SPEC.next,
    script: (s) => s.expect(nextWithin(s, resolve(s, 'wasimeter.invalid')), UNRESOLVED),
  }),
  networked({
    id: 'resolve-addresses/unicode',
    title: 'A name in Unicode is no invalid argument: it is looked up, here without success',
    spec: LOOKUP_SPEC.resolve,
    script: (s) => s.expect(nextWithin(s, resolve(s, 'bücher.invalid')), UNRESOLVED),
  }),
  networked({
    id: 'resolve-addresses/mapped',
    title: 'An IPv4-mapped address as text is that address, the IPv4 address in it, or none',
    spec: LOOKUP_SPEC.next,
    script: (s) => {
      const started = s.call(RESOLVE, network(s), '::ffff:127.0.0.1');
      const why =
        'an address "is parsed and returned as-is", and yet the stream "never returns IPv4-mapped IPv6 addresses"';
      s.expect(started, ok());
      awaitReady(s, RESOLVE_SUBSCRIBE, started.value);
      const next = s.call(RESOLVE_NEXT, started.value);
      s.expect(
        next,
        oneOf(
          why,
          isIp('ipv6', MAPPED_LOOPBACK),
          isIp('ipv4', LOOPBACK.ipv4),
          none,
          err('name-unresolvable'),
        ),
      );
    },
  }),
  networked({
    id: 'resolve-address-stream.subscribe/stays-ready',
    title: 'The pollable of a stream that has come to its end is ready',
    spec: LOOKUP_SPEC.subscribe,
    script: (s) => {
      const stream = resolve(s, '127.0.0.1');
      expectPollable(s, RESOLVE_SUBSCRIBE, stream);
      awaitReady(s, RESOLVE_SUBSCRIBE, stream);
      s.expect(s.call(RESOLVE_NEXT, stream), ok());
      s.expect(s.call(RESOLVE_NEXT, stream), none);
      awaitReady(s, RESOLVE_SUBSCRIBE, stream);
    },
  }),
  networked({
    id: 'resolve-address-stream.drop/before-the-end',
    title: 'A stream can be dropped before anything was asked of it, and two can be there at once',
    spec: ABI_DROP,
    script: (s) => {
      const [one, other] = [resolve(s, 'localhost'), resolve(s, '127.0.0.1')];
      s.expect(s.drop(KIND.resolver, one), ok());
      awaitReady(s, RESOLVE_SUBSCRIBE, other);
      s.expect(s.call(RESOLVE_NEXT, other), isIp('ipv4', LOOPBACK.ipv4));
    },
  }),
];

export const lookupP2: ConformanceCase[] = [...literals, ...noNames, ...numbers, ...names];
