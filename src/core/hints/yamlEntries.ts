import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  parseAllDocuments,
  type Scalar,
  visit,
  type YAMLMap,
} from 'yaml';
import { type ConfigEntry, deepest, mostEntries } from './configEntry.ts';

/** `trainer.total_epochs=30`, `+trainer.x=1`, `++x=1`: an override of Hydra as a member of its overrides.yaml, which is a list. */
const override = /^(\+{0,2})([\w.@/-]+)=/;

const mostVisits = 100_000;

/** Every scalar of a YAML text, in order; what cannot be read is left out, the rest stands. Never throws. */
export function yamlEntries(text: string): ConfigEntry[] {
  const documents = parseAllDocuments(text, {
    // Duplicates are found by us; looking for them is quadratic there: 11 s for 40,000 keys.
    uniqueKeys: false,
    prettyErrors: false,
    strict: false,
    logLevel: 'silent',
  });
  const entries: ConfigEntry[] = [];
  // The type says that an empty text may answer an object without documents.
  if (Array.isArray(documents)) for (const document of documents) new Walk(document, text, entries).from();
  return entries;
}

class Walk {
  readonly #document: Document.Parsed;
  readonly #text: string;
  readonly #entries: ConfigEntry[];
  #visits = 0;
  #targets: ReadonlyMap<Alias, unknown> | null = null;

  constructor(document: Document.Parsed, text: string, entries: ConfigEntry[]) {
    this.#document = document;
    this.#text = text;
    this.#entries = entries;
  }

  from(): void {
    this.#value(this.#document.contents, [], null);
  }

  #value(node: unknown, path: readonly string[], key: Scalar | null): void {
    if (this.#isEnough(path.length)) return;
    if (isAlias(node)) this.#value(this.#target(node), path, key);
    else if (isMap(node)) this.#map(node, path);
    else if (isSeq(node)) {
      for (const [i, item] of node.items.entries()) {
        if (isScalar(item) && path.length === 0) this.#override(item);
        this.#value(item, [...path, String(i)], null);
      }
    } else if (key !== null) this.#scalar(node, path, key);
  }

  #map(map: YAMLMap, path: readonly string[]): void {
    const own = new Set(map.items.map((pair) => keyText(pair)));
    for (const pair of map.items) {
      const name = keyText(pair);
      if (name === '<<') this.#merge(pair.value, path, own);
      else if (name !== null && isScalar(pair.key)) this.#value(pair.value, [...path, name], pair.key);
    }
  }

  /** `<<: *defaults` or a list of such: the keys of the other map, unless this one has them itself. */
  #merge(source: unknown, path: readonly string[], own: ReadonlySet<string | null>, level = 0): void {
    if (this.#isEnough(path.length + level)) return;
    if (isSeq(source)) {
      for (const item of source.items) this.#merge(item, path, own, level + 1);
      return;
    }
    const map = isAlias(source) ? this.#target(source) : source;
    if (!isMap(map)) return;
    for (const pair of map.items) {
      const name = keyText(pair);
      if (name === '<<') this.#merge(pair.value, path, own, level + 1);
      else if (name !== null && !own.has(name) && isScalar(pair.key))
        this.#value(pair.value, [...path, name], pair.key);
    }
  }

  /** Aliases make short texts long, or endless. */
  #isEnough(depth: number): boolean {
    this.#visits += 1;
    return depth > deepest || this.#visits > mostVisits || this.#entries.length >= mostEntries;
  }

  /** What each alias stands for: the last node of its name before it. One walk: each look-up would be a walk of its own. */
  #target(alias: Alias): unknown {
    this.#targets ??= targetsOf(this.#document);
    return this.#targets.get(alias);
  }

  #scalar(node: unknown, path: readonly string[], key: Scalar): void {
    const keyRange = key.range;
    if (keyRange === null || keyRange === undefined) return;
    const range = isScalar(node) ? node.range : null;
    const end = keyRange[1];
    const isNothing = !isScalar(node) || node.value === null;
    this.#entries.push({
      path: path.join('.'),
      key: [keyRange[0], end],
      range: range === null || range === undefined ? [end, end] : [range[0], range[1]],
      text: isNothing ? null : (node.source ?? String(node.value)),
    });
  }

  #override({ value, range }: Scalar): void {
    if (typeof value !== 'string' || range === null || range === undefined) return;
    const [written, plus, path] = override.exec(value) ?? [];
    const start = this.#text.indexOf(value, range[0]);
    if (written === undefined || path === undefined || start < 0 || start + value.length > range[1]) return;
    const middle = start + written.length;
    this.#entries.push({
      path: path.replaceAll('/', '.'),
      key: [start + (plus?.length ?? 0), middle - 1],
      range: [middle, start + value.length],
      text: value.slice(written.length),
    });
  }
}

function targetsOf(document: Document.Parsed): ReadonlyMap<Alias, unknown> {
  const named = new Map<string, unknown>();
  const targets = new Map<Alias, unknown>();
  visit(document, {
    Alias: (_, alias) => void targets.set(alias, named.get(alias.source)),
    Value: (_, node) => {
      if (node.anchor !== undefined) named.set(node.anchor, node);
    },
  });
  return targets;
}

function keyText({ key }: Pair): string | null {
  return isScalar(key) ? (key.source ?? String(key.value)) : null;
}
