/** Owns dropping what has a pollable still, before that. */

import { ok, oneOf, trap } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { KIND, RESOLVE, RESOLVE_SUBSCRIBE, TCP, UDP } from './functions-p2.ts';
import { LOOKUP_SPEC, TCP_SPEC, UDP_SPEC } from './spec.ts';
import { create, must, network, networked } from './tcp-opening-p2.ts';
import { createUdp, openUdp } from './udp-opening-p2.ts';

const NO_CHILDREN =
  'no text calls the pollables of sockets, of their datagrams or of a look-up children; of the streams it does, and that "Implementations may trap" if those are dropped before';

interface Row {
  id: string;
  words: string;
  kind: string;
  subscribe: string;
  spec: string;
  open(s: ScriptBuilder): Slot;
}

const ROWS: readonly Row[] = [
  {
    id: 'tcp-socket',
    words: 'a TCP socket',
    kind: KIND.tcp,
    subscribe: TCP.subscribe,
    spec: TCP_SPEC.subscribe,
    open: (s) => create(s),
  },
  {
    id: 'udp-socket',
    words: 'a UDP socket',
    kind: KIND.udp,
    subscribe: UDP.subscribe,
    spec: UDP_SPEC.subscribe,
    open: (s) => createUdp(s),
  },
  {
    id: 'incoming-datagram-stream',
    words: 'a stream of datagrams that come',
    kind: KIND.incoming,
    subscribe: UDP.incomingSubscribe,
    spec: UDP_SPEC.incomingSubscribe,
    open: (s) => openUdp(s).incoming,
  },
  {
    id: 'outgoing-datagram-stream',
    words: 'a stream of datagrams that go',
    kind: KIND.outgoing,
    subscribe: UDP.outgoingSubscribe,
    spec: UDP_SPEC.outgoingSubscribe,
    open: (s) => openUdp(s).outgoing,
  },
  {
    id: 'resolve-address-stream',
    words: 'a stream of addresses',
    kind: KIND.resolver,
    subscribe: RESOLVE_SUBSCRIBE,
    spec: LOOKUP_SPEC.subscribe,
    open: (s) => s.let(must(s, RESOLVE, network(s), '127.0.0.1').value),
  },
];

export const dropsP2: ConformanceCase[] = ROWS.map(({ id, words, kind, subscribe, spec, open }) =>
  networked({
    id: `${id}.drop/before-pollable`,
    title: `Dropping ${words} before its pollable does so or traps`,
    spec,
    script: (s) => {
      const handle = open(s);
      s.let(s.call(subscribe, handle).value);
      s.expect(s.drop(kind, handle), oneOf(NO_CHILDREN, ok(), trap('its pollable is there still')));
    },
  }),
);
