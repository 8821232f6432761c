/** Puts arguments and outcomes into words, strace-like, for transcripts. */

import type { Observed } from '../contracts/expect.ts';
import type { WasiValue } from '../contracts/script.ts';

const MOST_CHARACTERS = 200;

/** An argument or value in words, cut at 200 characters. */
export function argumentText(value: WasiValue): string {
  const text = plainText(value);
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}… (${text.length})` : text;
}

function plainText(value: WasiValue): string {
  if (value === null) return 'none';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object') return String(value);
  if (value instanceof Uint8Array) return bytesText(value);
  if (Array.isArray(value)) return `[${value.map(plainText).join(', ')}]`;
  if ('expression' in value && typeof value.expression === 'string') return value.expression;
  if ('tag' in value && typeof value.tag === 'string')
    return 'value' in value ? `${value.tag}(${plainText(value.value as WasiValue)})` : value.tag;
  return `{${Object.entries(value)
    .map(([field, part]) => `${field}: ${plainText(part as WasiValue)}`)
    .join(', ')}}`;
}

function bytesText(bytes: Uint8Array): string {
  const shown = Buffer.from(bytes.subarray(0, 16)).toString('hex');
  return bytes.length <= 16 ? `0x${shown}` : `0x${shown}… (${bytes.length} bytes)`;
}

/** What a step came to, in words: `inval`, `ok 5`, `trap (…)`. */
export function observedText(observed: Observed): string {
  switch (observed.kind) {
    case 'ok':
      return observed.value === null ? 'ok' : argumentText(observed.value);
    case 'err':
      return typeof observed.error === 'string' ? observed.error : argumentText(observed.error);
    case 'trap':
      return `trap (${observed.message.slice(0, MOST_CHARACTERS)})`;
    case 'exit':
      return `exit ${observed.code}`;
    case 'signal':
      return `ended by ${observed.name}`;
    case 'digest':
      return `${observed.length} bytes, ${observed.zeros} zero, longest run ${observed.run}, fnv ${observed.fnv}`;
    case 'mark':
      return `monotonic ${observed.monotonicNs}, realtime ${observed.realtimeNs}`;
    case 'loop':
      return `${observed.count} times`;
  }
}
