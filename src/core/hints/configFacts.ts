import type { ConfigEntry } from './configEntry.ts';

const deepestReference = 8;
const longestText = 1000;

/** A config to ask by dotted path. Of a key that stands twice the later counts, as every loader has it. */
export class ConfigFacts {
  readonly entries: readonly ConfigEntry[];
  readonly #byPath: ReadonlyMap<string, ConfigEntry>;

  constructor(entries: readonly ConfigEntry[]) {
    this.#byPath = new Map(entries.map((entry) => [entry.path, entry]));
    this.entries = [...this.#byPath.values()];
  }

  entry(path: string): ConfigEntry | null {
    return this.#byPath.get(path) ?? null;
  }

  has(...paths: readonly string[]): boolean {
    return paths.every((path) => this.#byPath.has(path));
  }

  hasAny(...paths: readonly string[]): boolean {
    return paths.some((path) => this.#byPath.has(path));
  }

  /** Whether any path matches. */
  some(pattern: RegExp): boolean {
    return this.entries.some(({ path }) => pattern.test(path));
  }

  /**
   * A text with its references to other keys (`${trainer.project_name}`) filled in, as far as this config knows them.
   * @returns null where a key that the template names is missing or empty
   */
  filledIn(template: string, parent = '', level = 0): string | null {
    let isComplete = true;
    const filled = template.replace(/\$\{\s*([\w.@/-]+)\s*\}/g, (reference, name: string) => {
      const relative = parent === '' ? null : this.entry(`${parent}.${name}`);
      const text = (relative ?? this.entry(name))?.text ?? null;
      if (text === null || text === '') {
        isComplete = false;
        return reference;
      }
      return level >= deepestReference ? reference : (this.filledIn(text, parent, level + 1) ?? text);
    });
    return (isComplete || level > 0) && filled.length <= longestText ? filled : null;
  }
}
