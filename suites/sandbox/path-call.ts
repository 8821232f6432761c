/** Owns what a call with a path is, for what must hold of all of them in either preview. */

import type { Expectation } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, Step } from '../../harness/contracts/script.ts';

/** A descriptor: preview 1's number, or what holds it. */
export type Directory = number | Slot;

export interface PathCall {
  /** The function as case ids name it, with which of its paths or ways is meant where it has several. */
  id: string;
  /** What of `OUTSIDE` it would work on, or `made` where it makes something. */
  victim: 'secret' | 'empty' | 'pointer' | 'made';
  /** It can neither change nor make anything, wherever its path leads. */
  reads?: true;
  /** It hands out a descriptor, or tells what the path names. */
  opens?: true;
  stats?: true;
  /** It tells the text of the link that the path names, or its length; or a hash of what the path names. */
  readsLinks?: true;
  hashes?: true;
  call(s: ScriptBuilder, directory: Directory, path: string | Uint8Array): Step;
  /** The same following a link at the path's end, where the function can be asked to. */
  follow?(s: ScriptBuilder, directory: Directory, path: string | Uint8Array): Step;
}

/** One preview's side of the cases that both have. */
export interface Preview {
  on: { wasi: 'p1'; guest: 'probe-p1' } | { wasi: 'p2'; guest: 'probe-p2-filesystem' };
  calls: readonly PathCall[];
  /** The preopened directories, all of whose names are given in the order of the world's; or the only one. */
  directories(s: ScriptBuilder, names?: readonly string[]): Directory[];
  /** Makes a symbolic link with that text, which the specification may let fail. */
  plant(s: ScriptBuilder, directory: Directory, text: string, path: string): Step;
  rename(s: ScriptBuilder, from: Directory, old: string, to: Directory, path: string): Step;
  removeDirectory(s: ScriptBuilder, directory: Directory, path: string): Step;
  /** Opens a directory, which must succeed. */
  openDirectory(s: ScriptBuilder, directory: Directory, path: string): Directory;
  /** What a path that leads out must come to. */
  notPermitted: Expectation;
  spec: { paths: string; links: string; sandboxing: string; preopens: string };
}
