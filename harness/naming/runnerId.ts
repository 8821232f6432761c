/** Reads a runner's id, `<runtime>[+mode][@release]`: which runtime, executing guests how, in which release. */

import { UserError } from '../contracts/failure.ts';

export interface RunnerId {
  runtime: string;
  mode?: string;
  release?: string;
}

const SHAPE = /^(?<runtime>[A-Za-z][\w.-]*)(?<rest>(?:[+@][A-Za-z0-9][\w.-]*){0,2})$/;

/**
 * Takes an id apart; mode and release may stand in either order. Throws a UserError for what is no runner's id; `where` is where it
 * stands.
 */
export function parseRunnerId(text: string, where: string): RunnerId {
  const parts = text.length <= 100 ? SHAPE.exec(text)?.groups : undefined;
  const rest = parts?.rest?.match(/[+@][^+@]+/g) ?? [];
  const behind = (sign: string) => rest.filter((part) => part.startsWith(sign)).map((part) => part.slice(1));
  const [mode, ...modes] = behind('+');
  const [release, ...releases] = behind('@');
  if (!parts?.runtime || modes.length + releases.length > 0)
    throw new UserError(
      `'${text.slice(0, 100)}' in ${where} is no runner's id: <runtime>[+mode][@release], as wasmtime, wasmedge+aot, wasmtime@48`,
    );
  return {
    runtime: parts.runtime,
    ...(mode === undefined ? {} : { mode }),
    ...(release === undefined ? {} : { release: release.replace(/^v(?=\d)/, '') }),
  };
}

/** The one spelling of an id, by which runners are told apart. */
export function runnerIdText({ runtime, mode, release }: RunnerId): string {
  return `${runtime}${mode === undefined ? '' : `+${mode}`}${release === undefined ? '' : `@${release}`}`;
}
