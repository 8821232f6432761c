/** Finds a Rust toolchain that compiles to wasm32-unknown-unknown. */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, isAbsolute } from 'node:path';

/** The probes' target: no libc, no start-up code of another's. */
export const TARGET = 'wasm32-unknown-unknown';

const HOW = `Install the target (rustup target add ${TARGET}), or name a toolchain that has it:
RUSTC=/path/to/rustc, and CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld where it brings no linker.`;

/** There is nothing to build with; the message says what to install or set. */
export class MissingToolchain extends Error {}

export interface Toolchain {
  /** As `rustc --version` says it. */
  version: string;
  /** Where the precompiled standard library lies, whose paths may appear in what is built. */
  sysroot: string;
  /** The environment in which cargo builds for the host. */
  hostEnv: NodeJS.ProcessEnv;
}

/** Looks for cargo, and for the target in the rustc that RUSTC names or that is in the path. */
export function findToolchain(env: NodeJS.ProcessEnv): Toolchain {
  const rustc = env.RUSTC ?? 'rustc';
  const version = ask(rustc, ['--version'], env);
  if (version === undefined) throw new MissingToolchain(`${rustc} can't be run.\n${HOW}`);
  const libdir = ask(rustc, ['--print', 'target-libdir', '--target', TARGET], env);
  if (libdir === undefined || !existsSync(libdir)) {
    throw new MissingToolchain(`${rustc} (${version}) has no target ${TARGET}.\n${HOW}`);
  }
  if (ask('cargo', ['--version'], env) === undefined)
    throw new MissingToolchain(`cargo can't be run.\n${HOW}`);
  return { version, sysroot: ask(rustc, ['--print', 'sysroot'], env) ?? '', hostEnv: withoutRustc(env) };
}

/** A toolchain named for wasm may lack the host's own target, so the generator is built without it. */
function withoutRustc(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { RUSTC: rustc, ...rest } = env;
  if (rustc === undefined || !isAbsolute(rustc)) return rest;
  const path = (rest.PATH ?? '').split(delimiter).filter((folder) => folder !== dirname(rustc));
  return { ...rest, PATH: path.join(delimiter) };
}

function ask(command: string, args: string[], env: NodeJS.ProcessEnv): string | undefined {
  const { status, stdout } = spawnSync(command, args, { env, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
