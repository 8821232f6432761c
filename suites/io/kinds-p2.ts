/** Owns the kinds of streams that there are, each opened with the same content or with a look at what arrived. */

import type { Observed } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Slot, type Step } from '../../harness/contracts/script.ts';
import type { World, WorldAfter } from '../../harness/contracts/world.ts';
import { BLOCKING_WRITE, READ } from './functions-p2.ts';
import {
  appendTo,
  BEFORE,
  connect,
  FILES,
  HELLO,
  leave,
  NETWORK,
  open,
  readFrom,
  waitFor,
  writeTo,
} from './opening-p2.ts';
import { endsAfter, numberOf } from './outcomes-p2.ts';

export interface InputKind {
  id: string;
  words: string;
  world: World;
  /** A stream that gives `HELLO` and then ends. */
  open(s: ScriptBuilder): Slot;
}

const file: InputKind = {
  id: 'file',
  words: 'a file',
  world: FILES,
  open: (s) => readFrom(s, open(s, 'source', 'read')),
};

const tcp: InputKind = {
  id: 'tcp',
  words: 'a connection',
  world: NETWORK,
  open: (s) => {
    const [one, other] = connect(s);
    s.call(BLOCKING_WRITE, one.output, HELLO);
    leave(s, one);
    return other.input;
  },
};

const stdin = (id: string, words: string, world: World): InputKind => ({
  id,
  words,
  world,
  open: (s) => s.let(s.call('wasi:cli/stdin#get-stdin').value),
});
const stdinPipe = stdin('stdin-pipe', 'a pipe as standard input', {
  stdin: { kind: 'pipe', content: HELLO },
});
const stdinFile = stdin('stdin-file', 'a file as standard input', {
  stdin: { kind: 'file', content: HELLO },
});

/** Those that cost little, and all. */
export const PLAIN_INPUTS: readonly InputKind[] = [file, tcp];
export const INPUTS: readonly InputKind[] = [file, tcp, stdinPipe, stdinFile];

export interface Opened {
  stream: Slot;
  /**
   * States that these bytes, and no others, came out at the other end; `writes` is how many calls they went in by. Where they were
   * spliced, as many of them as the splices told.
   */
  arrived(wanted: string, writes?: number, splices?: readonly Step[]): void;
}

export interface OutputKind {
  id: string;
  words: string;
  world: World;
  open(s: ScriptBuilder): Opened;
}

const latin1 = (base64: string | undefined) => Buffer.from(base64 ?? '', 'base64').toString('latin1');
const brief = (text: string) => (text.length > 60 ? `${text.length} bytes` : JSON.stringify(text));

/** As much of it as the host shows, and how long it is. */
export const holds = (
  seen: { head?: string; sizeBytes: number } | undefined,
  wanted: string,
): true | string => {
  if (!seen) return 'it is not there';
  const head = latin1(seen.head);
  if (seen.sizeBytes === wanted.length && head === wanted.slice(0, head.length)) return true;
  return `${seen.sizeBytes} bytes are there, beginning with ${brief(head)}`;
};

/** Of a text, as much as was spliced; all of it where nothing was. */
export const spliced = (text: string, splices: readonly Observed[]): string =>
  splices.length === 0
    ? text
    : text.slice(0, Number(splices.reduce((sum, seen) => sum + numberOf(seen), 0n)));

/** What is wrong with a file of the preopen, if anything is. */
export const fileHolds = (after: WorldAfter | undefined, path: string, wanted: string): true | string =>
  holds(
    after?.preopens[0]?.find((entry) => entry.path === path),
    wanted,
  );

const onFile =
  (path: string, before: string, make: (s: ScriptBuilder, descriptor: Slot) => Slot): OutputKind['open'] =>
  (s) => ({
    stream: make(s, open(s, path, 'write')),
    arrived: (wanted, _writes, splices = []) =>
      s.after(`the file holds ${brief(wanted)}`, [...splices], ({ values, after: [world] }) =>
        fileHolds(world, path, before + spliced(wanted, values)),
      ),
  });

const target: OutputKind = { id: 'file', words: 'a file', world: FILES, open: onFile('target', '', writeTo) };
const log: OutputKind = {
  id: 'append',
  words: "a file's end",
  world: FILES,
  open: onFile('log', BEFORE, appendTo),
};

const connection: OutputKind = {
  id: 'tcp',
  words: 'a connection',
  world: NETWORK,
  open: (s) => {
    const [one, other] = connect(s);
    const arrived = (wanted: string, writes = 1, splices: readonly Step[] = []) => {
      leave(s, one);
      const steps = Array.from({ length: writes + 1 }, () => {
        waitFor(s, other.input);
        return s.call(READ, other.input, 65_536n);
      });
      s.check(`${brief(wanted)} came out at the other end`, [...splices, ...steps], ({ values }) => {
        const text = spliced(wanted, values.slice(0, splices.length));
        return endsAfter(text)({ values: values.slice(splices.length) });
      });
    };
    return { stream: one.output, arrived };
  },
};

const stdout = (id: string, words: string, world: World): OutputKind => ({
  id,
  words,
  world,
  open: (s) => ({
    stream: s.let(s.call('wasi:cli/stdout#get-stdout').value),
    arrived: (wanted, _writes, splices = []) =>
      s.after(`standard output is ${brief(wanted)}`, [...splices], ({ values, after: [world] }) =>
        holds(world?.stdout, spliced(wanted, values)),
      ),
  }),
});
const stdoutFile = stdout('stdout-file', 'standard output to a file', { stdout: 'file' });
const stdoutPipe = stdout('stdout-pipe', 'standard output to a pipe', { stdout: 'pipe' });

export const PLAIN_OUTPUTS: readonly OutputKind[] = [target, log, connection];
export const OUTPUTS: readonly OutputKind[] = [target, log, connection, stdoutFile, stdoutPipe];
/** Those to splice between. */
export const SINKS: readonly OutputKind[] = [target, log, connection, stdoutFile];

/** The world of two streams together. */
export const both = (one: World, other: World): World => ({ ...one, ...other });

/** The handle in a `last-operation-failed`, by the step's result type: behind the discriminants of result and variant. */
export const errorOf = (area: Slot, hasWideResult = false): Slot =>
  at`u32[${area} + ${hasWideResult ? 12 : 8}]`;
