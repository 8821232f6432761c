/** The operating system itself: a small native program that makes the same calls without a guest, the floor of every latency. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Found, Missing, ProcessEnd, Runner } from '../../harness/contracts/runner.ts';

const SOURCE = new URL('./floor.rs', import.meta.url);
const SOURCE_TEXT = await readFile(SOURCE, 'utf8');
const PROGRAM = 'floor';
/** Optimized, but with the control loop as it is in a guest: one word at a time. */
const PLAIN = ['-O', '-C', 'no-vectorize-loops', '-C', 'no-vectorize-slp'];

/** rustc asks its linker, which is on PATH, and rustup where it lies. */
const environment = () =>
  Object.fromEntries(
    ['PATH', 'HOME', 'CARGO_HOME', 'RUSTUP_HOME', 'RUSTUP_TOOLCHAIN'].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );

const none = {
  support: 'none',
  reason: 'the operating system runs no guests: it is timed by itself',
} as const;

const runner: Runner = {
  id: 'native',
  name: 'The operating system, without a runtime',
  isFloor: true,
  capabilities: { p1: none, p2: none, p3: none },
  async detect(tools): Promise<Found | Missing> {
    if (process.platform !== 'linux') return { reason: 'the native floor is written for Linux' };
    const located = await tools.locate('native', 'rustc');
    if (!located)
      return { reason: 'rustc is not on PATH: the native program is built by it (https://rustup.rs)' };
    const version = /^rustc (\S+)/m.exec(await tools.ask(located.path, ['--version']))?.[1];
    if (version === undefined)
      return { reason: `${located.source}: its --version names no version of rustc` };
    return { version, mode: 'native', executable: located.path, source: located.source };
  },
  prepareKey: () => [...PLAIN, SOURCE_TEXT].join('\n'),
  async prepare(_guest, folder, found, tools) {
    const program = join(folder, PROGRAM);
    const args = ['--edition', '2024', ...PLAIN, '-o', program, fileURLToPath(SOURCE)];
    await tools.run({ file: found.executable, args, env: environment() });
    return program;
  },
  command: ({ artifact, args, preopens }) => ({ file: artifact, args: [preopens[0]?.host ?? '.', ...args] }),
  classify: (end: ProcessEnd) =>
    end.signal === undefined
      ? { kind: 'exit', code: end.exitCode ?? -1 }
      : { kind: 'crash', message: `ended by ${end.signal}` },
};

export default runner;
