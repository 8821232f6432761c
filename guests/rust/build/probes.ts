/** Builds every probe of rust/probes.json: tables, core modules, components, and their lines in the lock file. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashSources, hashWasm, type LockedGuest } from '../../lock.ts';
import { run } from './cargo.ts';
import { compileProbe } from './compile.ts';
import { fetchStandards } from './standards.ts';
import { findToolchain } from './toolchain.ts';

interface Probe {
  id: string;
  wasi: 'p1' | 'p2';
}

/** Writes interfaces, tables and prebuilt wasm under the guests' folder; tells each step as it begins. */
export function buildProbes(guestsDir: string, tell: (step: string) => void): LockedGuest[] {
  const rustDir = join(guestsDir, 'rust');
  const scratch = join(rustDir, 'target');
  const toolchain = findToolchain(process.env);
  const { probes } = JSON.parse(readFileSync(join(rustDir, 'probes.json'), 'utf8')) as { probes: Probe[] };

  tell(`Toolchain: ${toolchain.version}`);
  const standards = fetchStandards(join(scratch, 'standards'), toolchain.hostEnv);
  tell('Building the generator');
  const generator = join(rustDir, 'generate');
  const env = { ...toolchain.hostEnv, CARGO_TARGET_DIR: join(generator, 'target') };
  run('cargo', ['build', '--locked', '--release'], generator, env);
  const generate = (...args: string[]) =>
    run(join(generator, 'target/release/generate'), args, guestsDir, env);
  for (const folder of ['interfaces', 'prebuilt', 'rust/tables'])
    mkdirSync(join(guestsDir, folder), { recursive: true });
  generate('tables', standards.witx, standards.wit, standards.later, guestsDir);

  return probes.map(({ id, wasi }) => {
    tell(`Building ${id}`);
    const core = compileProbe(rustDir, toolchain, `probe-${wasi}`, id);
    const file = `prebuilt/${id}.wasm`;
    if (wasi === 'p1') writeFileSync(join(guestsDir, file), core);
    else {
      const module = join(scratch, `${id}.core.wasm`);
      writeFileSync(module, core);
      generate('component', standards.wit, standards.later, guestsDir, id, module, join(guestsDir, file));
    }
    return lockLine(guestsDir, id, wasi, file, toolchain.version);
  });
}

function lockLine(
  guestsDir: string,
  id: string,
  wasi: 'p1' | 'p2',
  file: string,
  toolchain: string,
): LockedGuest {
  const sources = [
    'rust/Cargo.lock',
    'rust/Cargo.toml',
    'rust/build/compile.ts',
    'rust/generate',
    'rust/probe-core',
    `rust/probe-${wasi}`,
    `rust/tables/${id}.rs`,
  ];
  const bytes = readFileSync(join(guestsDir, file));
  return {
    id,
    wasi,
    file,
    kind: wasi === 'p1' ? 'module' : 'component',
    sources,
    sourceHash: hashSources(guestsDir, sources),
    toolchain,
    wasmSha256: hashWasm(bytes),
    sizeBytes: bytes.length,
  };
}
