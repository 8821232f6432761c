/** Faults in the buffers that a call fills or takes from. */

import {
  afterSuccess,
  type Call,
  numeric,
  perParameter,
  perResult,
  SUCCESS,
  type Variants,
} from './fault.ts';
import type { Parameter, Signature } from './signature.ts';

interface Piece {
  address: number;
  length: number;
}

/** The buffers of an iovec array. */
function piecesOf(call: Call, { at }: Parameter): Piece[] {
  const [list, count] = [numeric(call.args[at]), Math.min(numeric(call.args[at + 1]), 1024)];
  return Array.from({ length: count }, (_, index) => ({
    address: Number(call.memory.number(list + 8 * index, 4)),
    length: Number(call.memory.number(list + 8 * index + 4, 4)),
  }));
}

/** The buffers that a function fills: of iovecs, or a pointer with the length behind it. */
function filled(call: Call, signature: Signature): Piece[] {
  return signature.parameters.flatMap((parameter, index) => {
    if (parameter.kind === 'iovecs') return piecesOf(call, parameter);
    const next = signature.parameters[index + 1];
    if (parameter.kind !== 'pointer' || next?.kind !== 'integer' || !/len/.test(next.name)) return [];
    return [{ address: numeric(call.args[parameter.at]), length: numeric(call.args[next.at]) }];
  });
}

const fills = ({ parameters }: Signature) =>
  parameters.some(
    ({ kind }, index) =>
      kind === 'iovecs' || (kind === 'pointer' && /len/.test(parameters[index + 1]?.name ?? '')),
  );

export const bufferFaults: Record<string, Variants> = {
  'neighbour-written': (signature) => [
    ...perResult(signature, (call, address, { size }) =>
      call.memory.write(address + size, Uint8Array.of(0x5a)),
    ),
    ...(fills(signature)
      ? [
          {
            variant: 'buffer',
            plant: afterSuccess((call) => {
              const last = filled(call, signature).at(-1);
              if (last) call.memory.write(last.address + last.length, Uint8Array.of(0x5a));
            }),
          },
        ]
      : []),
  ],
  'last-byte-dropped': (signature) => [
    ...(fills(signature)
      ? [
          {
            variant: 'read',
            plant: (call: Call) => {
              const before = filled(call, signature).map((piece) => ({
                ...piece,
                bytes: call.memory.read(piece.address, piece.length),
              }));
              const errno = call.real();
              // The last byte that the call changed stays as it was.
              for (const { address, length, bytes } of before.toReversed()) {
                const now = call.memory.read(address, length);
                const last = now.findLastIndex((byte, index) => byte !== bytes[index]);
                if (last < 0) continue;
                call.memory.write(address + last, bytes.subarray(last, last + 1));
                break;
              }
              return errno;
            },
          },
        ]
      : []),
    ...signature.parameters
      .filter(({ kind }) => kind === 'ciovecs')
      .map((parameter) => ({
        variant: 'written',
        plant: (call: Call) => {
          const list = numeric(call.args[parameter.at]);
          const index = piecesOf(call, parameter).findLastIndex(({ length }) => length > 0);
          if (index < 0) return call.real();
          const place = list + 8 * index + 4;
          const length = call.memory.number(place, 4);
          call.memory.setNumber(place, 4, length - 1n);
          const errno = call.real();
          call.memory.setNumber(place, 4, length);
          const told = signature.results[0];
          if (errno === SUCCESS && told) {
            const address = numeric(call.args[told.at]);
            call.memory.setNumber(address, 4, call.memory.number(address, 4) + 1n);
          }
          return errno;
        },
      })),
  ],
  'order-reversed': (signature) =>
    perParameter(
      signature,
      ({ kind }) => kind === 'iovecs' || kind === 'ciovecs',
      (call, parameter) => {
        const list = numeric(call.args[parameter.at]);
        const length = 8 * piecesOf(call, parameter).length;
        const before = call.memory.read(list, length);
        const reversed = new Uint8Array(length);
        for (let at = 0; at < before.length; at += 8)
          reversed.set(before.subarray(at, at + 8), length - 8 - at);
        call.memory.write(list, reversed);
        const errno = call.real();
        call.memory.write(list, before);
        return errno;
      },
    ),
};
