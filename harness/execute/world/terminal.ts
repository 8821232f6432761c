/**
 * Pseudo-terminals. Node can open one but not make one, so the `script` of util-linux does, which Debian counts among what every
 * system has; it holds the terminal for as long as a process in it waits for us, and no longer than this process lives.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import type { HostOutput } from '../../contracts/world.ts';
import { outputIn } from './look.ts';

/** What is typed comes to the guest alone, and what the guest writes comes to us as it is. */
const HOLD = 'stty -echo -opost && tty >&3 && exec cat <&4 >/dev/null';
const OPEN_MS = 5000;

export interface Terminal {
  /** Of this process; the guest gets it as a stream. */
  descriptor: number;
  type(text: string | Uint8Array): void;
  /** Closes the descriptor here. */
  release(): void;
  /** Takes the terminal away, and tells what was written to it. */
  end(): Promise<HostOutput>;
}

/** Opens a terminal; what is written to it goes to the file `path`, up to `mostBytes`. Throws where the system gives none. */
export async function openTerminal(path: string, mostBytes: number): Promise<Terminal> {
  const holder = spawn('script', ['-q', '-e', '-c', HOLD, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'ignore', 'pipe', 'pipe'],
    // The user's SHELL and TERM are none of its business.
    env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
    detached: true,
  });
  const [keyboard, screen, names, leash] = endsOf(holder);
  // Whoever holds it may be gone before we write.
  for (const end of [keyboard, leash]) end.on('error', () => {});
  const closed = new Promise<void>((resolve) => holder.once('close', () => resolve()));
  const kept = openSync(path, 'w+');
  let size = 0;
  screen.on('data', (bytes: Buffer) => {
    if (size < mostBytes) writeSync(kept, bytes);
    size += bytes.length;
  });
  try {
    const descriptor = openSync(await nameOf(holder, names), constants.O_RDWR | constants.O_NOCTTY);
    let isOpen = true;
    const release = () => {
      if (isOpen) closeSync(descriptor);
      isOpen = false;
    };
    return {
      descriptor,
      type: (text) => void keyboard.write(text),
      release,
      end: async () => {
        release();
        leash.end();
        await closed;
        const output = outputIn(kept);
        closeSync(kept);
        return output;
      },
    };
  } catch (error) {
    leash.destroy();
    holder.kill('SIGKILL');
    closeSync(kept);
    throw error;
  }
}

/** Whether this system gives any. */
export async function hasTerminals(): Promise<boolean> {
  try {
    await (await openTerminal('/dev/null', 0)).end();
    return true;
  } catch {
    return false;
  }
}

const endsOf = ({ stdio }: ChildProcess) =>
  [stdio[0], stdio[1], stdio[3], stdio[4]] as [Writable, Readable, Readable, Writable];

/** The name of the terminal, which is said in one line. */
function nameOf(holder: ChildProcess, names: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const failed = (why: string) => reject(new Error(`no pseudo-terminal to be had: ${why}`));
    const late = setTimeout(() => failed('script told none in time'), OPEN_MS);
    holder.once('error', (error) => failed(error.message));
    holder.once('exit', (code) => failed(`script ended with ${code}`));
    names.on('data', (bytes: Buffer) => {
      said += bytes;
      if (said.endsWith('\n')) resolve(said.trim());
    });
    holder.once('close', () => clearTimeout(late));
    names.once('end', () => clearTimeout(late));
  });
}
