/** The standard streams that a case asks for: what the guest's process is given, and our ends of them. */

import { closeSync, openSync, read as readSome, writeFileSync, write as writeSome } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { HostOutput, Stdin, Stdout, World } from '../../contracts/world.ts';
import { outputIn } from './look.ts';
import { makePipe } from './pipe.ts';
import { endlessInput, sink } from './pumps.ts';
import { openTerminal, type Terminal } from './terminal.ts';

const write = promisify(writeSome);
const read = promisify(readSome);

/** A slow reader takes this much at a time, with this pause before each. */
const SLOW_BYTES = 1024;
const SLOW_PAUSE_MS = 1;
/** What a reader keeps at most; the rest is read and dropped. */
const MOST_BYTES = 16 * 1024 * 1024;

export interface Streams {
  /** For the child: a descriptor, or nothing (the null device), or no descriptor at all. */
  stdin: number | 'ignore' | 'closed';
  /** Undefined: the trial's own file. */
  stdout?: number;
  /** What the child holds besides, from descriptor 3 on. */
  inherited?: number[];
  /** To be called once the child has its descriptors: closes ours of them, so that ends are seen. */
  started(): void;
  /** Closes our end of a pipe that `stays`, before the guest has ended. */
  release?(): void;
  /** To be called when the guest has ended: ends what still stands, and returns what was read. */
  ended(): Promise<HostOutput | undefined>;
}

/** How many descriptors a child inherits of a file: whatever numbers a guest begins with, some are the runtime's own. */
const INHERITED = 8;

/** Opens the streams; `folder` is the trial's. Throws where one is a terminal and the system gives none. */
export async function openStreams(folder: string, world: World = {}): Promise<Streams> {
  const { stdin = 'null', stdout = 'file', inherits } = world;
  const open = async () => openTerminal(join(folder, 'terminal'), MOST_BYTES);
  const terminal = isTyped(stdin) || stdout === 'terminal' ? await open() : undefined;
  const input = isTyped(stdin) ? typed(terminal!, stdin.content) : openStdin(folder, stdin);
  const output = terminal ? shown(terminal, stdout, folder) : openStdout(folder, stdout as PlainStdout);
  const inherited =
    inherits === undefined
      ? []
      : Array.from({ length: INHERITED }, () => openSync(join(folder, inherits), 'r+'));
  return {
    stdin: input.given,
    ...(output.given === undefined ? {} : { stdout: output.given }),
    ...(inherited.length > 0 ? { inherited } : {}),
    started: () => {
      input.started();
      output.started();
      for (const file of inherited) closeSync(file);
    },
    release: () => input.ended(),
    ended: async () => {
      input.ended();
      return output.ended();
    },
  };
}

const nothing = () => {};

type TypedStdin = Extract<Stdin, { kind: 'terminal' }>;
type PlainStdout = Exclude<Stdout, 'terminal'>;
const isTyped = (stdin: Stdin): stdin is TypedStdin => typeof stdin === 'object' && stdin.kind === 'terminal';

/** A terminal as standard input. It is taken away by `shown`, when all the guest wrote has come. */
const typed = (terminal: Terminal, content: string) => ({
  given: terminal.descriptor,
  started: () => terminal.type(content),
  ended: nothing,
});

/** Standard output where there is a terminal, whether that is it or standard input alone. */
function shown(terminal: Terminal, stdout: Stdout, folder: string) {
  const other = stdout === 'terminal' ? undefined : openStdout(folder, stdout);
  return {
    given: other ? other.given : terminal.descriptor,
    started: () => {
      terminal.release();
      other?.started();
    },
    ended: async () => {
      const written = await terminal.end();
      return other ? other.ended() : written;
    },
  };
}

function openStdin(folder: string, stdin: Exclude<Stdin, TypedStdin>) {
  if (stdin === 'endless') return endlessInput(join(folder, 'stdin.pipe'));
  if (stdin === 'null') return { given: 'ignore' as const, started: nothing, ended: nothing };
  if (stdin === 'closed') return { given: 'closed' as const, started: nothing, ended: nothing };
  if (stdin.kind === 'file') {
    const path = join(folder, 'stdin');
    writeFileSync(path, stdin.content);
    const file = openSync(path, 'r');
    return { given: file, started: () => closeSync(file), ended: nothing };
  }
  const { readEnd, writeEnd } = makePipe(join(folder, 'stdin.pipe'));
  let isOpen = true;
  const close = () => {
    if (isOpen) closeSync(writeEnd);
    isOpen = false;
  };
  const feed = async () => {
    const bytes = Buffer.from(stdin.content);
    // A guest that ends early takes the reader away.
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await write(writeEnd, bytes, done).catch(() => ({ bytesWritten: 0 }));
      if (bytesWritten === 0) break;
      done += bytesWritten;
    }
    if (!stdin.stays) close();
  };
  let feeding = Promise.resolve();
  return {
    given: readEnd,
    started: () => {
      closeSync(readEnd);
      feeding = feed();
    },
    ended: () => void feeding.then(close),
  };
}

function openStdout(folder: string, stdout: PlainStdout) {
  if (stdout === 'file')
    return { given: undefined, started: nothing, ended: () => Promise.resolve(undefined) };
  if (stdout === 'sink') {
    const { ended, ...pumped } = sink(join(folder, 'stdout.pipe'));
    return {
      ...pumped,
      ended: async () => {
        ended();
        return undefined;
      },
    };
  }
  const { readEnd, writeEnd } = makePipe(join(folder, 'stdout.pipe'));
  if (stdout === 'closed-pipe') {
    closeSync(readEnd);
    return { given: writeEnd, started: () => closeSync(writeEnd), ended: () => Promise.resolve(undefined) };
  }
  const path = join(folder, 'stdout.read');
  const drain = async () => {
    const kept = openSync(path, 'w+');
    const piece = Buffer.alloc(stdout === 'slow-pipe' ? SLOW_BYTES : 65_536);
    for (let size = 0; ; ) {
      if (stdout === 'slow-pipe') await new Promise((resolve) => setTimeout(resolve, SLOW_PAUSE_MS));
      const { bytesRead } = await read(readEnd, piece, 0, piece.length, null);
      if (bytesRead === 0) break;
      if (size < MOST_BYTES) await write(kept, piece, 0, bytesRead);
      size += bytesRead;
    }
    closeSync(readEnd);
    const output = outputIn(kept);
    closeSync(kept);
    return output;
  };
  let draining: Promise<HostOutput | undefined> = Promise.resolve(undefined);
  return {
    given: writeEnd,
    started: () => {
      closeSync(writeEnd);
      draining = drain();
    },
    ended: () => draining,
  };
}
