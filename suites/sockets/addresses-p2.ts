/** Owns preview 2's socket addresses: those that the cases use, and what is expected of those that come back. */

import { type Expectation, ok } from '../../harness/contracts/expect.ts';
import { at, type Slot, type Step, type WasiValue } from '../../harness/contracts/script.ts';

export type Family = 'ipv4' | 'ipv6';
export const FAMILIES: readonly Family[] = ['ipv4', 'ipv6'];

type Port = number | Slot;

const v4 = (address: readonly number[], port: Port): WasiValue => ({
  tag: 'ipv4',
  value: { port, address },
});

export const v6 = (
  address: readonly number[],
  port: Port,
  more: { flowInfo?: number; scopeId?: number } = {},
): WasiValue => ({
  tag: 'ipv6',
  value: { port, 'flow-info': more.flowInfo ?? 0, address, 'scope-id': more.scopeId ?? 0 },
});

export const LOOPBACK = { ipv4: [127, 0, 0, 1], ipv6: [0, 0, 0, 0, 0, 0, 0, 1] } as const;
export const UNSPECIFIED = { ipv4: [0, 0, 0, 0], ipv6: [0, 0, 0, 0, 0, 0, 0, 0] } as const;
/** 127.0.0.1 in IPv6's clothes. */
export const MAPPED_LOOPBACK = [0, 0, 0, 0, 0, 0xffff, 0x7f00, 1] as const;
/** Of the blocks for documentation (RFC 5737, RFC 3849): no machine has them. */
export const FOREIGN = {
  ipv4: [192, 0, 2, 1],
  ipv6: [0x2001, 0xdb8, 0, 0, 0, 0, 0, 1],
} as const;

export const address = (family: Family, parts: readonly number[], port: Port): WasiValue =>
  family === 'ipv4' ? v4(parts, port) : v6(parts, port);
export const loopback = (family: Family, port: Port = 0): WasiValue =>
  address(family, LOOPBACK[family], port);
export const otherFamily = (family: Family): Family => (family === 'ipv4' ? 'ipv6' : 'ipv4');

/** A privileged port on the loopback where nobody listens: a connection to it is refused. */
export const NOBODY = 1;

/** The port in the `result<ip-socket-address, error-code>` that a step gave; at the same place in both families. */
export const portIn = (step: Step): Slot => at`u16[${step.area} + 8]`;

/** An address that came back, as far as it is one. */
export interface Seen {
  tag: Family;
  value: { port: number; address: number[]; 'flow-info'?: number; 'scope-id'?: number };
}

export const sameParts = (value: Seen, family: Family, parts: readonly number[]): boolean =>
  value.tag === family && value.value.address.join() === parts.join();

/** An address of that family with these parts and a port; of IPv6 without flow information or scope. */
export const isAddress = (family: Family, parts: readonly number[] = LOOPBACK[family]): Expectation =>
  ok(`${parts.join(family === 'ipv4' ? '.' : ':')} with a port`, (value) => {
    const seen = value as unknown as Seen;
    return (
      sameParts(seen, family, parts) &&
      seen.value.port > 0 &&
      !seen.value['flow-info'] &&
      !seen.value['scope-id']
    );
  });

/** Any address of that family, with a port. */
export const isOf = (family: Family): Expectation =>
  ok(`an ${family} address with a port`, (value) => {
    const seen = value as unknown as Seen;
    return seen.tag === family && seen.value.port > 0;
  });

/** True where all calls succeeded and gave the same address. */
export const allSame = (values: readonly { kind: string; value?: unknown }[]): true | string => {
  const texts = values.map((one) => (one.kind === 'ok' ? JSON.stringify(one.value) : one.kind));
  return (values.every(({ kind }) => kind === 'ok') && new Set(texts).size === 1) || texts.join(' and ');
};
