/** Owns the ids of places in the page: readable, unique, and never made of raw input. */

/** Gives each key one id that stays the same throughout the page. */
export class Anchors {
  readonly #byKey = new Map<string, string>();
  readonly #taken = new Set<string>();

  /** The id for a thing named by `parts`, e.g. `case-p1-filesystem-open-excl`. */
  of(...parts: string[]): string {
    const key = JSON.stringify(parts);
    let id = this.#byKey.get(key);
    if (id === undefined) {
      id = this.#free(slug(parts));
      this.#byKey.set(key, id);
      this.#taken.add(id);
    }
    return id;
  }

  #free(wanted: string): string {
    let id = wanted;
    for (let n = 2; this.#taken.has(id); n += 1) id = `${wanted}-${n}`;
    return id;
  }
}

function slug(parts: readonly string[]): string {
  return parts
    .map((part) =>
      part
        .slice(0, 80)
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-+|-+$/g, ''),
    )
    .filter((part) => part !== '')
    .join('-');
}
