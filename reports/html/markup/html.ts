/** Owns the `html` template: text is escaped by default, and only fragments made here are markup. */

import { markFor, replaceInvisible, visibleText } from './visible.ts';

/** Markup that is safe to place in the page; made by `html` and `trusted` only. */
export class Fragment {
  readonly #markup: string;
  constructor(markup: string) {
    this.#markup = markup;
  }
  toString(): string {
    return this.#markup;
  }
}

/** What a hole in the template may hold; `null`, `undefined` and `false` leave it empty. */
export type Content = Fragment | string | number | null | undefined | false | readonly Content[];

type Place = 'text' | 'attribute' | 'tag';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const places = new WeakMap<TemplateStringsArray, readonly Place[]>();

/** Builds markup: values are escaped for the place they stand in, fragments nest as they are. */
export function html(strings: TemplateStringsArray, ...values: Content[]): Fragment {
  let known = places.get(strings);
  if (!known) {
    known = findPlaces(strings);
    places.set(strings, known);
  }
  let out = strings[0] ?? '';
  values.forEach((value, index) => {
    out += fill(value, known[index] ?? 'text') + (strings[index + 1] ?? '');
  });
  return new Fragment(out);
}

/** Takes text for markup as it is: for this reporter's own CSS and for SVG that vega has already escaped. */
export function trusted(markup: string): Fragment {
  return new Fragment(markup);
}

/** Escapes a value for element content; invisible characters become `<span class="ctl">` marks. */
export function escapeText(text: string): string {
  return replaceInvisible(
    text,
    (character) => {
      const mark = `<span class="ctl">${markFor(character)}</span>`;
      // A line break stays one besides being shown: messages of several lines are meant to be read so.
      return character === '\n' ? mark + '\n' : mark;
    },
    escapeEntities,
  );
}

function escapeEntities(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

function fill(value: Content, place: Place): string {
  if (value === null || value === undefined || value === false) return '';
  if (Array.isArray(value)) return value.map((item) => fill(item, place)).join('');
  if (value instanceof Fragment) {
    if (place === 'attribute') throw new TypeError('markup inside an attribute value');
    return value.toString();
  }
  if (place === 'tag') throw new TypeError('text inside a tag, outside a quoted attribute value');
  return place === 'text' ? escapeText(String(value)) : escapeEntities(visibleText(String(value)));
}

/** Where each hole stands; the template's own strings are ours, so a small scan of tags and quotes suffices. */
function findPlaces(strings: readonly string[]): Place[] {
  let place: Place = 'text';
  return strings.slice(0, -1).map((part) => {
    for (const character of part) {
      if (place === 'text' && character === '<') place = 'tag';
      else if (place === 'tag' && character === '>') place = 'text';
      else if (place === 'tag' && character === '"') place = 'attribute';
      else if (place === 'attribute' && character === '"') place = 'tag';
    }
    return place;
  });
}
