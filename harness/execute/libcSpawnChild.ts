/** A child that starts processes for the harness by libc and blocks while they run; without libc's calls it says so and ends. */

import { BARE_ENVIRONMENT } from './bareEnvironment.ts';
import { hostClock } from './hostClock.ts';
import { type LibcStart, loadLibcSpawn } from './libcSpawn.ts';

// A command without a folder is looked for where trials' environments look.
process.env.PATH = BARE_ENVIRONMENT.PATH;
const spawn = loadLibcSpawn();
if (spawn) {
  // The first call of each function is slow.
  const start = (): LibcStart => ({
    ...{ file: '/bin/sh', args: ['-c', ':'], env: {}, stdout: '/dev/null', stderr: '/dev/null' },
  });
  for (let warm = 0; warm < 3; warm += 1) spawn(start());
}
process.on('message', ({ folder, start }: { folder: string; start: LibcStart }) => {
  try {
    if (!spawn) throw new Error('libc is not to be had');
    process.chdir(folder);
    hostClock().recalibrate();
    process.send?.({ end: spawn(start) });
  } catch (error) {
    process.send?.({ error: (error as Error).message });
  }
  process.chdir('/');
});
process.send?.({ ready: spawn !== undefined });
if (!spawn) process.disconnect?.();
