/**
 * Fetches the standard's own files, which published packages carry: witx for preview 1, WIT of exactly 0.2.0 for preview 2, and of
 * later versions for what was added since.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './cargo.ts';

export interface Standards {
  witx: string;
  wit: string;
  /** Holds a folder for each later version. */
  later: string;
}

/** jco is there in any checkout, and brings the WIT of the versions it knows. */
const LATER = '../../../node_modules/@bytecodealliance/jco/lib/wit/builtin';

const MANIFEST = `[package]
name = "standards"
version = "0.0.0"
edition = "2024"
[lib]
path = "lib.rs"
[dependencies]
wasmtime-wasi = { version = "=40.0.4", default-features = false }
wasi = "=0.12.1"
[workspace]
`;

interface Metadata {
  packages: { name: string; version: string; manifest_path: string }[];
}

/** Gives the folders; nothing is compiled, and nothing fetched is kept in the repository. */
export function fetchStandards(scratch: string, env: NodeJS.ProcessEnv): Standards {
  mkdirSync(scratch, { recursive: true });
  writeFileSync(join(scratch, 'Cargo.toml'), MANIFEST);
  writeFileSync(join(scratch, 'lib.rs'), '');
  const metadata = JSON.parse(run('cargo', ['metadata', '--format-version=1'], scratch, env)) as Metadata;
  // Crates of other versions may be there too, as dependencies.
  const folder = (name: string, version: string) => {
    const found = metadata.packages.find((p) => p.name === name && p.version.startsWith(version));
    if (!found) throw new Error(`cargo metadata in ${scratch} names no package ${name} ${version}`);
    return dirname(found.manifest_path);
  };
  return {
    witx: join(folder('wasmtime-wasi', '40.0.4'), 'witx/p1'),
    wit: join(folder('wasi', '0.12.1'), 'wit/deps'),
    later: join(import.meta.dirname, LATER),
  };
}
