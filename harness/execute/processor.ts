/** Says which processor this is, for what is compiled to its very instructions. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';

/** Platform, model and features of the processor as a short text: native code made on one must not run on another. */
export function processorKey(): string {
  return [platform(), arch(), cpus()[0]?.model ?? 'unknown', featuresHash()].join(' ');
}

/** Virtual machines hide features without changing the model's name; `Features` is what arm64 calls them. */
function featuresHash(): string {
  try {
    const found = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1];
    const sorted = (found ?? '').split(' ').toSorted().join(' ');
    return createHash('sha256').update(sorted).digest('hex').slice(0, 16);
  } catch {
    return 'unknown';
  }
}
