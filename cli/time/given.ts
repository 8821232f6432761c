/** Reads what `wasimeter time` is told a guest shall be given: folders, variables, standard input. */

import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../../harness/contracts/failure.ts';
import type { OwnTrial } from '../../harness/contracts/ownWasm.ts';

export interface Given {
  args: readonly string[];
  dir?: readonly string[];
  env?: readonly string[];
  stdin?: string;
}

/** What each start is given, and how large standard input is. Throws a UserError for a word that is not as it should be. */
export function givenTrial({ args, dir = [], env = [], stdin }: Given): {
  trial: OwnTrial;
  stdinBytes?: number;
} {
  const words = { args: [...args], env: variables(env), preopens: dir.map(preopen) };
  for (const word of [...args, ...env, ...dir])
    if (word.includes('\0')) throw new UserError(`'${word}' holds a NUL, which no argument can`);
  if (stdin === undefined) return { trial: words };
  const stats = statSync(stdin, { throwIfNoEntry: false });
  if (!stats?.isFile())
    throw new UserError(
      `--stdin ${stdin} is ${stats ? 'no regular file' : 'not there'}: each run reads it anew`,
    );
  return { trial: { ...words, stdinFile: resolve(stdin) }, stdinBytes: stats.size };
}

/** `HOST` is seen by the guest under the same name, `HOST::GUEST` under another. */
function preopen(word: string): { host: string; guest: string } {
  const [host = '', guest = host, ...more] = word.split('::');
  if (host === '' || guest === '' || more.length > 0)
    throw new UserError(
      `--dir ${word}: it is a folder, or HOST::GUEST where the guest sees it under another name`,
    );
  const stats = statSync(host, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) throw new UserError(`--dir ${host} is ${stats ? 'no folder' : 'not there'}`);
  return { host: resolve(host), guest };
}

function variables(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    words.map((word) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(word) ?? [];
      if (name === undefined || value === undefined) throw new UserError(`--env ${word}: it is NAME=VALUE`);
      return [name, value];
    }),
  );
}
