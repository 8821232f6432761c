/** Compiles one probe's core module, so that the same sources give the same bytes in any folder. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './cargo.ts';
import { TARGET, type Toolchain } from './toolchain.ts';

/** 64 KiB of stack below the static data: overflowing it traps, instead of writing over the probe's own state. */
const STACK = ['link-arg=-zstack-size=65536', 'link-arg=--stack-first'];

/** Builds the crate with the table of that probe and gives the module's bytes. */
export function compileProbe(
  rustDir: string,
  toolchain: Toolchain,
  crate: string,
  probe: string,
): Uint8Array {
  const target = join(rustDir, 'target');
  const remaps = [`${rustDir}=/probes`, `${toolchain.sysroot}=/rust`];
  const flags = [
    ...STACK.flatMap((flag) => ['-C', flag]),
    ...remaps.map((remap) => `--remap-path-prefix=${remap}`),
  ];
  const env = {
    ...process.env,
    WASIMETER_PROBE: probe,
    CARGO_ENCODED_RUSTFLAGS: flags.join('\x1f'),
    CARGO_TARGET_DIR: target,
  };
  run('cargo', ['build', '--locked', '--release', `--target=${TARGET}`, `--package=${crate}`], rustDir, env);
  const module = readFileSync(join(target, TARGET, 'release', `${crate.replaceAll('-', '_')}.wasm`));
  refusePanics(probe, module);
  return module;
}

/** The panic handler is an import that no host has: where its name is left, some path in the probe can panic. */
function refusePanics(probe: string, module: Buffer): void {
  if (module.includes('a-panic-path-remains')) {
    throw new Error(`${probe} has a path that can panic: find it by cargo rustc -- --emit=llvm-ir`);
  }
}
