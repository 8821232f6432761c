/** The files of a case's world as a shell script that makes them, in the folder where it is run. */

import type { FileSpec, FileTree, World } from '../contracts/world.ts';
import { printfFormat, quoted, writing } from './shell.ts';

/** Where everything of a world is made. */
const WORLD = 'files';
/** Where the entries of a preopen are made. */
export const preopenFolder = (index: number): string => `files/preopen.${index}`;
/** Where something that stands beside the preopens is made. */
export const outsideFile = (path: string): string => `${WORLD}/${path}`;
/** Where the content of standard input is made. */
export const STDIN_FILE = 'files/stdin';

/** The lines of a POSIX shell script (with `touch -d`, `mkfifo`, `truncate`); none where the world has neither files nor input. */
export function filesScript({ preopens = [], outside, stdin }: World): string[] {
  const lines = outside ? [`mkdir -p ${WORLD}`, ...treeLines(WORLD, outside, WORLD)] : [];
  preopens.forEach(({ entries = {} }, index) => {
    const folder = preopenFolder(index);
    lines.push(`mkdir -p ${folder}`, ...treeLines(folder, entries, folder));
  });
  if (typeof stdin === 'object' && stdin.kind !== 'terminal')
    lines.push('mkdir -p files', writing(bytesOf(stdin.content), STDIN_FILE));
  return lines;
}

const treeLines = (folder: string, entries: FileTree, root: string): string[] =>
  Object.entries(entries).flatMap(([name, spec]) =>
    entryLines(pathWord(folder, name, spec), spec, root, `${folder}/${name}`),
  );

/** A name given in bytes is made by `printf`. */
function pathWord(folder: string, name: string, spec: FileSpec): string {
  const hex = typeof spec === 'object' && 'kind' in spec ? spec.nameHex : undefined;
  if (hex === undefined) return quoted(`${folder}/${name}`);
  return `"$(printf ${printfFormat(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(hex, 'hex')]))})"`;
}

function entryLines(path: string, given: FileSpec, root: string, plain: string): string[] {
  const spec =
    typeof given === 'string' || given instanceof Uint8Array
      ? { kind: 'file' as const, content: given }
      : given;
  switch (spec.kind) {
    case 'symlink':
      return [`ln -s -- ${spec.absolute ? `"$PWD"/${WORLD}/` : ''}${quoted(spec.target)} ${path}`];
    case 'hardlink':
      return [`ln -- ${quoted(`${root}/${spec.to}`)} ${path}`];
    case 'file':
      return [
        writing(bytesOf(spec.content ?? ''), path),
        ...(spec.sizeBytes === undefined ? [] : [`truncate -s ${spec.sizeBytes} ${path}`]),
        ...attributes(path, spec),
      ];
    case 'directory':
      return [`mkdir ${path}`, ...treeLines(plain, spec.entries ?? {}, root), ...attributes(path, spec)];
    case 'fifo':
      return [`mkfifo ${path}`, ...attributes(path, spec)];
    case 'socket':
      return [
        `python3 -c 'import socket,sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' ${path}`,
        ...attributes(path, spec),
      ];
  }
}

function attributes(
  path: string,
  { mode, accessedNs, modifiedNs }: Exclude<FileSpec, string | Uint8Array>,
): string[] {
  const at = (ns: bigint) => `@${ns / 1_000_000_000n}.${String(ns % 1_000_000_000n).padStart(9, '0')}`;
  return [
    ...(mode === undefined ? [] : [`chmod ${mode.toString(8)} ${path}`]),
    ...(accessedNs === undefined ? [] : [`touch -a -h -d ${at(accessedNs)} ${path}`]),
    ...(modifiedNs === undefined ? [] : [`touch -m -h -d ${at(modifiedNs)} ${path}`]),
  ];
}

const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? Buffer.from(content) : content;
