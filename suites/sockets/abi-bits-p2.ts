/** Owns bits of preview 2's socket arguments that the canonical ABI ignores, where a core word holds more than the type does. */

import { CANONICAL_ABI } from '../../harness/contracts/abiParams.ts';
import { at, type ScriptBuilder, type Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { network, SOCKETS_P2, tcp } from './abi-opening-p2.ts';

const TCP = 'wasi:sockets/tcp#[method]tcp-socket.';

/** The bytes of a small result: whether it failed, and its value. */
const resultOf = (s: ScriptBuilder, name: string, socket: Slot) => {
  const area = s.alloc(36, 4);
  return s.raw(`${TCP}${name}`, [socket, area], [[area, 36]]);
};

const bitsCase = (
  id: string,
  title: string,
  spec: string,
  what: string,
  set: (s: ScriptBuilder, socket: Slot) => Slot,
  get: string,
  isRight: (result: Uint8Array) => boolean,
): ConformanceCase => ({
  wasi: 'p2',
  ...SOCKETS_P2,
  id,
  title,
  spec,
  script: (s) => {
    const socket = tcp(s);
    const area = set(s, socket);
    const steps = [s.show(area, 1), resultOf(s, get, socket)];
    s.check(what, steps, ({ values: [failed, got] }) => {
      if (failed?.kind !== 'ok' || (failed.value as Uint8Array)[0] !== 0) return 'setting it fails';
      if (got?.kind !== 'ok') return 'getting it fails';
      const shown = got.value as Uint8Array;
      return (shown[0] === 0 && isRight(shown)) || `the result is ${[...shown.subarray(0, 16)].join(' ')}`;
    });
  },
});

/** Sets something by one word. */
const setBy = (name: string, word: number) => (s: ScriptBuilder, socket: Slot) => {
  const area = s.alloc(2, 1);
  s.raw(`${TCP}${name}`, [socket, word, area]);
  return area;
};

/** Binds to 127.0.0.1 by words above their types: a port of 16 bits, bytes of 8. */
const bindHigh = (s: ScriptBuilder, socket: Slot): Slot => {
  const area = s.alloc(2, 1);
  const words = [0, 0x7fff_0000, 0x17f, 0xffff_ff00, 0x100, 0x8000_0001, 0, 0, 0, 0, 0, 0];
  s.raw(`${TCP}start-bind`, [socket, network(s), ...words, area]);
  s.call('wasi:io/poll#[method]pollable.block', s.call(`${TCP}subscribe`, socket).value);
  s.raw(`${TCP}finish-bind`, [socket, area]);
  return at`${area}`;
};

export const bitsP2: ConformanceCase[] = [
  ...[2, 256, 0xffff_ffff].map((word) =>
    bitsCase(
      `tcp-socket.set-keep-alive-enabled/bool-${word}`,
      `tcp-socket.set-keep-alive-enabled takes ${word} for true, as all that is not 0`,
      CANONICAL_ABI.loading,
      'it is enabled',
      setBy('set-keep-alive-enabled', word),
      'keep-alive-enabled',
      (result) => result[1] === 1,
    ),
  ),
  bitsCase(
    'tcp-socket.set-hop-limit/high-bits',
    'tcp-socket.set-hop-limit ignores what stands above the 8 bits of its value',
    CANONICAL_ABI.flat,
    'the limit is 64',
    setBy('set-hop-limit', 0xffff_ff40),
    'hop-limit',
    (result) => result[1] === 64,
  ),
  bitsCase(
    'tcp-socket.start-bind/high-bits',
    'tcp-socket.start-bind ignores what stands above the bits of its port and address',
    CANONICAL_ABI.flat,
    'it is bound to 127.0.0.1',
    bindHigh,
    'local-address',
    (result) => result[4] === 0 && [127, 0, 0, 1].every((byte, index) => result[10 + index] === byte),
  ),
];
