/** Owns what may stand at the end of a command line, by commander's own tree of commands and options. */

import type { Argument, Command, Option } from 'commander';

export interface Candidate {
  word: string;
  description: string;
}

/** Words that are not in the tree: they depend on the folder. */
export type DynamicKind =
  | 'runners'
  | 'runtimes'
  | 'suites'
  | 'reporters'
  | 'profiles'
  | 'runs'
  | 'lists'
  | 'cases'
  | 'benchmarks'
  | 'tags';
export type DynamicWords = (kind: DynamicKind) => Promise<readonly string[]>;

const OPTION_KINDS: Readonly<Record<string, DynamicKind>> = {
  ...{ '--runner': 'runners', '--suite': 'suites', '--report': 'reporters' },
  ...{ '--case': 'cases', '--tag': 'tags' },
  ...{ '--baseline': 'runners', '--candidate': 'runners' },
  ...{ '--profile': 'profiles', '--resume': 'runs', '--run': 'runs' },
  // Nothing but benchmarks can be measured against itself.
  'aa --case': 'benchmarks',
};
const ARGUMENT_KINDS: Readonly<Record<string, DynamicKind>> = {
  ...{ 'list what': 'lists', 'show case': 'cases', 'export case': 'cases' },
  ...{ 'explain figure': 'benchmarks', 'explain run': 'runs' },
  ...{ 'compare a': 'runners', 'compare b': 'runners', 'save run': 'runs' },
  ...{ 'install runtimes': 'runtimes', 'doctor runtimes': 'runtimes' },
};

/** Where the words before the last lead. */
interface Place {
  command: Command;
  /** The option that awaits its value. */
  option?: Option;
  used: Set<Option>;
  /** Arguments given so far. */
  given: number;
}

/**
 * Returns what the last of `words` (it may be empty) can be completed to; nothing where it is a file or anything at all.
 * The words are those behind the program's name.
 */
export async function candidates(
  program: Command,
  words: readonly string[],
  dynamic: DynamicWords,
): Promise<Candidate[]> {
  // Bash makes three words of --option=value.
  const plain = words.filter((word, index) => word !== '=' || index === words.length - 1);
  const last = plain.at(-1) ?? '';
  const place = follow(program, plain.slice(0, -1));
  const assigned = /^(--[\w-]+=)(.*)$/s.exec(last);
  if (assigned) {
    const [, head = '', word = ''] = assigned;
    const option = optionOf(place.command, head.slice(0, -1));
    const values = option ? await valuesOf(option, dynamic, place.command.name()) : [];
    return beginningWith(word, values).map((one) => ({ ...one, word: head + one.word }));
  }
  const word = last === '=' ? '' : last;
  if (place.option && !word.startsWith('-'))
    return beginningWith(word, await valuesOf(place.option, dynamic, place.command.name()));
  return beginningWith(word, word.startsWith('-') ? options(place) : await positional(place, dynamic));
}

function follow(program: Command, words: readonly string[]): Place {
  let place: Place = { command: program, used: new Set(), given: 0 };
  for (const word of words) {
    const { command, option: awaiting, used } = place;
    if (word.startsWith('-')) {
      const option = optionOf(command, word.replace(/=.*/s, ''));
      if (option) used.add(option);
      const takes = option && !word.includes('=') && (option.required || option.optional);
      place = { command, used, given: place.given, ...(takes ? { option } : {}) };
    } else if (awaiting) {
      if (!awaiting.variadic) place = { command, used, given: place.given };
    } else {
      const inner = command.commands.find((one) => one.name() === word || one.aliases().includes(word));
      place =
        inner && place.given === 0
          ? { command: inner, used: new Set(), given: 0 }
          : { command, used, given: place.given + 1 };
    }
  }
  return place;
}

const optionOf = (command: Command, flag: string) =>
  command.options.find((option) => option.long === flag || option.short === flag);

function options({ command, used }: Place): Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .filter((option) => option.variadic || !used.has(option))
    .map(({ long, short, description }) => ({ word: long ?? short ?? '', description }));
}

async function positional({ command, given }: Place, dynamic: DynamicWords): Promise<Candidate[]> {
  if (given === 0 && command.commands.length > 0)
    return command
      .createHelp()
      .visibleCommands(command)
      .map((one) => ({ word: one.name(), description: one.description() }));
  const all = command.registeredArguments;
  const argument = all[given] ?? (all.at(-1)?.variadic ? all.at(-1) : undefined);
  return argument ? valuesOf(argument, dynamic, command.name()) : [];
}

async function valuesOf(
  what: Option | Argument,
  dynamic: DynamicWords,
  command: string,
): Promise<Candidate[]> {
  const kind =
    'flags' in what
      ? (OPTION_KINDS[`${command} ${what.long}`] ?? OPTION_KINDS[what.long ?? ''])
      : ARGUMENT_KINDS[`${command} ${what.name()}`];
  const words = what.argChoices ?? (kind ? await dynamic(kind) : []);
  return words.map((word) => ({ word, description: '' }));
}

const beginningWith = (beginning: string, all: readonly Candidate[]) =>
  all.filter(({ word }) => word.startsWith(beginning));
