/** A process that hosts one guest and times calls into it: takes a probe's arguments, writes a probe's records. */

import { writeSync } from 'node:fs';
import type { OpenGuest } from '../../contracts/inProcess.ts';
import { type CallLine, readCall } from '../../script/callLine.ts';
import { realtimeNs } from '../hostClock.ts';
import { callTimer } from './callTiming.ts';

const [opening = '', options = '', script = ''] = process.argv.slice(2);
const { module, artifact } = JSON.parse(opening) as { module: string; artifact: string };
const nonce = /(?:^| )nonce=(\w+)/.exec(options)?.[1] ?? '';

/** Records go to a regular file: nothing of them can be left behind. */
const say = (mark: '>' | '<', record: object) =>
  writeSync(2, `${mark} ${JSON.stringify({ ...record, k: nonce })}\n`);
const clocks = () => ({ mono: String(process.hrtime.bigint()), real: String(realtimeNs()) });

say('>', { n: 0, probe: 'in-process', ...clocks() });
const { default: open } = (await import(module)) as { default: OpenGuest };
const timer = callTimer(await open(artifact));
const seen = new Map<number, CallLine>();
for (const [index, line] of script.split('\n').entries()) {
  const call = readCall(line, seen);
  seen.set(call.key, call);
  say('>', { n: index + 1 });
  say('<', { n: index + 1, r: [], m: [], ...timer.time(call) });
}
say('<', { n: 0, ...clocks() });
