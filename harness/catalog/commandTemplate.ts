/** The argv template of a command runner: checked when it is read, filled in for each trial. */

import { UserError } from '../contracts/failure.ts';
import type { Trial } from '../contracts/runner.ts';
import { unknownWord } from '../userFiles/unknownWord.ts';

/** Placeholders that may stand in one element together. */
const GROUPS = [['wasm'], ['args'], ['host', 'guest'], ['name', 'value']] as const;
const PLACEHOLDERS: readonly string[] = GROUPS.flat();
const PLACEHOLDER = /\{([A-Za-z_]*)\}/g;

type Filling = Record<string, string>;

/** One or two elements of the template, and what they stand for. */
interface Part {
  elements: string[];
  kind: 'plain' | 'wasm' | 'args' | 'host' | 'name';
}

/** A checked template: the command line of a trial, without the executable. */
export type Template = (trial: Pick<Trial, 'artifact' | 'args' | 'env' | 'preopens'>) => string[];

/**
 * Checks a template's elements behind the executable; `plain` has the last word on those in which nothing is filled in. Throws a
 * UserError; `where` names the field.
 */
export function parseTemplate(
  elements: readonly string[],
  where: string,
  plain: (text: string) => string = (text) => text,
): Template {
  const parts = withOptions(
    elements.map((text, index) => {
      const kind = kindOf(text, `${where}.${index + 1}`);
      return { elements: [kind === 'plain' ? plain(text) : text], kind };
    }),
  );
  for (const [kind, what] of [
    ['wasm', "the guest's file"],
    ['args', "the guest's arguments, by which it gets its script"],
  ] as const)
    if (!parts.some((part) => part.kind === kind))
      throw new UserError(`${where} has no {${kind}}: it stands for ${what}`);
  return (trial) => parts.flatMap((part) => filled(part, trial));
}

function kindOf(text: string, where: string): Part['kind'] {
  const words = [...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '');
  const unknown = words.find((word) => !PLACEHOLDERS.includes(word));
  if (unknown !== undefined) throw unknownWord('placeholder', unknown, PLACEHOLDERS, where);
  if (words.length === 0) return 'plain';
  const group = GROUPS.find((words_) => (words_ as readonly string[]).includes(words[0] ?? ''));
  const stray = words.find((word) => !(group as readonly string[] | undefined)?.includes(word));
  if (stray !== undefined)
    throw new UserError(`${where}: {${words[0]}} and {${stray}} can't stand in one element`);
  const kind = group?.[0] ?? 'plain';
  if (kind === 'args' && text !== '{args}')
    throw new UserError(
      `${where}: {args} stands by itself, it becomes as many elements as the guest has arguments`,
    );
  return kind;
}

/** Joins a repeated element with the option before it: `--dir {host}::{guest}` is repeated as a pair. */
function withOptions(parts: Part[]): Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const before = joined.at(-1);
    const option = before?.elements[0];
    const repeats = part.kind === 'host' || part.kind === 'name';
    if (repeats && before?.kind === 'plain' && option?.startsWith('-') && option !== '--')
      joined.splice(-1, 1, { kind: part.kind, elements: [option, ...part.elements] });
    else joined.push(part);
  }
  return joined;
}

function filled({ elements, kind }: Part, trial: Parameters<Template>[0]): string[] {
  switch (kind) {
    case 'plain':
      return elements;
    case 'wasm':
      return elements.map((text) => fill(text, { wasm: trial.artifact }));
    case 'args':
      return trial.args;
    case 'host':
      return trial.preopens.flatMap(({ host, guest }) => elements.map((text) => fill(text, { host, guest })));
    case 'name':
      return Object.entries(trial.env).flatMap(([name, value]) =>
        elements.map((text) => fill(text, { name, value })),
      );
  }
}

/** One pass over the template: what is filled in is never read as a template again. */
const fill = (text: string, filling: Filling) =>
  text.replaceAll(PLACEHOLDER, (all, word: string) => filling[word] ?? all);
