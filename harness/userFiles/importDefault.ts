/** Loads a user's file and hands out its default export; what goes wrong is said in one line that names the file. */

import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError } from '../contracts/failure.ts';
import { OLDEST_NODE } from './oldestNode.ts';

/** Endings of modules, in the order in which they are looked for. */
export const MODULE_ENDINGS = ['.ts', '.mts', '.js', '.mjs'] as const;

/**
 * The default export of a module, or the content of a JSON file. `shown` is the file's name in errors, `example` what a
 * default export of its kind looks like. Throws a UserError.
 */
export async function importDefault(file: string, shown: string, example: string): Promise<unknown> {
  if (extname(file) === '.json') return parseJson(await readText(file, shown), shown);
  let loaded: { default?: unknown };
  try {
    loaded = (await import(pathToFileURL(file).href)) as { default?: unknown };
  } catch (error) {
    throw new UserError(`${shown}${lineIn(error)} cannot be loaded: ${whyNotLoaded(error, file)}`, {
      cause: error,
    });
  }
  // A file without `export` is taken for CommonJS, whose default export is an empty object; such modules are in require's cache.
  const exported = loaded.default;
  if (
    exported === undefined ||
    (createRequire(import.meta.url).cache[realpathSync(file)] && isEmpty(exported))
  )
    throw new UserError(`${shown} has no default export: ${example}`);
  return exported;
}

async function readText(file: string, shown: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UserError(`${shown} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** Parses JSON; a mistake is a UserError with `shown` in it. */
export function parseJson(text: string, shown: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError(`${shown} is no JSON: ${oneLine((error as Error).message)}`, { cause: error });
  }
}

const isEmpty = (value: unknown) => typeof value === 'object' && Object.keys(value ?? {}).length === 0;
const oneLine = (text: string) => text.replaceAll(/\s*\n\s*/g, ' ').trim();

function whyNotLoaded(error: unknown, file: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION' && /\.m?ts$/.test(file))
    return `Node ${process.versions.node} does not run TypeScript: use Node ${OLDEST_NODE} or newer, or write it in JavaScript (${file.endsWith('.mts') ? '.mjs' : '.js'})`;
  if (code === 'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING')
    return 'Node runs no TypeScript below node_modules: write it in JavaScript (.js)';
  const said = oneLine(message ?? String(error));
  // `npm init` writes "type": "commonjs", under which Node reads .ts and .js without `export`.
  if (error instanceof SyntaxError && /'(?:export|import)'|outside a module/.test(said))
    return `${said}: the nearest package.json says "type": "commonjs"; make that "module", or let the file end in .mts or .mjs`;
  return said;
}

/** `:3` where the error's stack begins with the line of a syntax error. */
function lineIn(error: unknown): string {
  const line = /^\S+:(\d+)\n/.exec((error as Error).stack ?? '')?.[1];
  return line === undefined ? '' : `:${line}`;
}
