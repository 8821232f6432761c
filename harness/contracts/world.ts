/** What a case's guest finds when it starts, and what the host sees when it has ended. */

import type { HostPeer, Peer } from './peer.ts';

/** Entries by name. A name that is no UTF-8 is given by `nameHex` of its entry; the key is then only a label. */
export type FileTree = Readonly<Record<string, FileSpec>>;

interface EntryBase {
  nameHex?: string;
  /** Permission bits; the system's default unless given. */
  mode?: number;
  /** Nanoseconds since 1970. */
  accessedNs?: bigint;
  modifiedNs?: bigint;
}

/** A file by its content alone, or an entry in full. */
export type FileSpec =
  | string
  | Uint8Array
  | (EntryBase & {
      kind: 'file';
      content?: string | Uint8Array;
      /** Longer than the content: zeros behind it, without blocks on disk. */
      sizeBytes?: number;
    })
  | (EntryBase & { kind: 'directory'; entries?: FileTree })
  /** `absolute`: the target begins in the folder that holds the preopened folders and `outside`, and is made a whole path of the host. */
  | (EntryBase & { kind: 'symlink'; target: string; absolute?: true })
  | (EntryBase & { kind: 'fifo' })
  | (EntryBase & { kind: 'socket' })
  /** Another name of an entry made before; `to` is its path from the preopen. */
  | (EntryBase & { kind: 'hardlink'; to: string });

export interface Preopen {
  /** Its name in the guest. */
  guest: string;
  entries?: FileTree;
  /** The guest may read it only; the case `needs` it too. */
  readOnly?: true;
}

/**
 * The guest's standard input. `null` is the null device, `closed` no descriptor at all, `file` a regular file. A pipe is a real one;
 * its writer leaves when all is written, or with `stays` only when the guest has ended. A terminal is typed on once the guest has
 * begun, and nothing is echoed: it hands out a line when that ends, and `\x04` at the beginning of one is the input's end.
 */
export type Stdin =
  | 'null'
  | 'closed'
  | { kind: 'file'; content: string | Uint8Array }
  | { kind: 'pipe'; content: string | Uint8Array; stays?: true }
  /** A pipe of zeros that never ends, filled by a process of its own; for timing only. */
  | 'endless'
  | { kind: 'terminal'; content: string };

/**
 * Where standard output goes: a regular file, a pipe read at once, one read slowly, one whose reader has left, or a terminal (the one
 * that is standard input, should that be one too). A case with a terminal `needs` it too. `sink` is a pipe emptied as fast as can be by a
 * process of its own, and nothing is kept; for timing only.
 */
export type Stdout = 'file' | 'pipe' | 'slow-pipe' | 'closed-pipe' | 'terminal' | 'sink';

/** Two names that the host goes on exchanging for as long as the guest runs, each a path in the first preopen. */
export interface Race {
  swap: readonly [string, string];
}

export interface World {
  /** Preview 1 numbers them from descriptor 3 on, in this order. */
  preopens?: readonly Preopen[];
  /** What stands beside the preopened folders, where the guest must not reach: `secret` is `../secret` from a preopen. */
  outside?: FileTree;
  /** A file of `outside` that the runtime's own process holds open, to read and write, as descriptors 3 to 10. */
  inherits?: string;
  race?: Race;
  /** The guest's own arguments behind argv[0]; the script then comes by environment. */
  args?: readonly string[];
  /** The guest's environment; not together with `args`. */
  env?: Readonly<Record<string, string>>;
  stdin?: Stdin;
  stdout?: Stdout;
  /** Whether the guest may use the network. */
  network?: boolean;
  /** Hands in a listening TCP socket, in preview 1 as the first descriptor before the preopens; the case `needs` it too. */
  listen?: true;
  /** Its process is looked at while it runs. */
  watch?: true;
  /** At the other end of the guest's sockets. */
  peers?: readonly Peer[];
}

/** An entry as the host sees it when the guest has ended. */
export interface HostEntry {
  /** From the preopen, `''` for itself; bytes that are no UTF-8 as `\xNN`. */
  path: string;
  kind: 'file' | 'directory' | 'symlink' | 'fifo' | 'socket' | 'other';
  sizeBytes: number;
  mode: number;
  links: number;
  device: string;
  inode: string;
  accessedNs: string;
  modifiedNs: string;
  changedNs: string;
  /** Of a file: its first 4 KiB in base64, and the SHA-256 of the whole (files up to 16 MiB). */
  head?: string;
  sha256?: string;
  /** Of a symbolic link. */
  target?: string;
}

/** What was written to standard output: the first 64 KiB in base64, how much in all, and its SHA-256. */
export interface HostOutput {
  head: string;
  sizeBytes: number;
  sha256: string;
}

/** What the system tells of the guest's process at one moment. */
export interface ProcessLook {
  atRealtimeNs: string;
  /** How many it has open. */
  descriptors: number;
  threads: number;
  residentBytes: number;
}

/** The world after the guest's end. */
export interface WorldAfter {
  /** By preopen, in the world's order; at most 5,000 entries each. */
  preopens: HostEntry[][];
  /** What stands beside the preopened folders; only where the world has an `outside`. */
  outside?: HostEntry[];
  /** How often the two names of a race were exchanged while the guest ran. */
  swaps?: number;
  stdout?: HostOutput;
  /** While it ran, every few milliseconds; none where the system does not tell. */
  process?: ProcessLook[];
  /** In the world's order; only where it has some. */
  peers?: HostPeer[];
}
