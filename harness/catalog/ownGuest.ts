/** A wasm of the user's own as a guest: told by its header and sections, copied so that it stays the same. */

import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UserError } from '../contracts/failure.ts';
import type { Guest } from '../contracts/guest.ts';
import type { WasiVersion } from '../contracts/wasi.ts';
import { type Binary, parseBinary } from '../wasm/sections.ts';

/** https://github.com/WebAssembly/component-model/blob/main/design/mvp/Binary.md */
const COMPONENT_IMPORTS = 10;
const MOST_NAME_CHARACTERS = 60;

export interface OwnGuest extends Guest {
  /** As its file is called. */
  name: string;
  sizeBytes: number;
}

/**
 * Reads the file and puts a copy of it into `folder`: the user may build it anew meanwhile. Throws a UserError for what can't be read
 * and for what is no WebAssembly.
 */
export async function ownGuest(file: string, folder: string): Promise<OwnGuest> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${file} cannot be read (${error.code ?? error.message})`);
  });
  const { kind, wasi } = recognize(bytes, file);
  const name = basename(file);
  // Runners make file names of the id; the copy bears the name that the program may look for in its arguments.
  const plain = name
    .replace(/\.wasm$/, '')
    .replaceAll(/[^\w.-]+/g, '_')
    .slice(0, MOST_NAME_CHARACTERS);
  const id = `own-${plain}`;
  const copy = join(folder, `${plain}.wasm`);
  await writeFile(copy, bytes);
  const hash = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  return { id, wasi, kind, file: copy, hash, name, sizeBytes: bytes.length };
}

/** A core module is taken for preview 1; a component is of the WASI version that its imports name. */
function recognize(bytes: Uint8Array, file: string): { kind: Guest['kind']; wasi: WasiVersion } {
  let binary: Binary;
  try {
    binary = parseBinary(bytes);
  } catch (error) {
    throw new UserError(`${file} is no WebAssembly: ${(error as Error).message}`);
  }
  if (binary.kind === 'module') return { kind: 'module', wasi: 'p1' };
  const imports = binary.sections.filter(({ id }) => id === COMPONENT_IMPORTS);
  const isThird = imports.some(({ payload }) => /wasi:[\w-]+\/[\w-]+@0\.3\./.test(latin1(payload)));
  return { kind: 'component', wasi: isThird ? 'p3' : 'p2' };
}

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
