import type { Words } from '../bytes/words.ts';
import { isCounterName } from '../counterName.ts';
import type { IsWanted } from '../format.ts';
import { unquote } from './jsonText.ts';

/** One key of the log's records, at its place in the nesting; the tree of them is learned once and then only compared. */
export interface Key {
  /** What stands from its opening quote to its value, as it was the first time; null before that. */
  lead: Words | null;
  /** Names from the outermost in, joined by `/`. */
  readonly name: string;
  /** Its values are settings or samples, not metrics: what is below is passed over. */
  readonly isIgnored: boolean;
  /** Its values go nowhere. */
  readonly isLeftOut: boolean;
  /** Not even the record needs its numbers. */
  readonly isPassedOver: boolean;
  /** Its number tells what kind of record it stands in. */
  readonly isTelling: boolean;
  /** Its number counts the run's progress. */
  readonly isCounter: boolean;
  column: number;
  /** The key that followed it the last time: nearly always the one that follows again. */
  next: Key | null;
  /** The one that followed before that changed: records of two kinds may take turns, and a key may come now and then. */
  otherNext: Key | null;
  readonly children: Children;
  /** Places in its list of numbers. */
  readonly items: Key[];
  /** Length of its list of numbers; a list that changes its length is no vector of metrics. */
  listLength: number;
}

export interface Children {
  first: Key | null;
  otherFirst: Key | null;
  readonly byRaw: Map<string, Key>;
}

export interface KeyOptions {
  /** Names (last part) of objects and values that are no metrics, such as `config`. */
  readonly ignored?: ReadonlySet<string>;
  /** Whole names of numbers that tell what kind of record they stand in. */
  readonly telling?: ReadonlySet<string>;
  /** Of whole names; the others are passed over. */
  readonly isWanted?: IsWanted;
}

const none: ReadonlySet<string> = new Set();

/** The keys of a log's records. */
export class JsonKeys {
  readonly root: Children = { first: null, otherFirst: null, byRaw: new Map() };
  readonly #ignored: ReadonlySet<string>;
  readonly #telling: ReadonlySet<string>;
  readonly #isWanted: IsWanted | undefined;

  constructor({ ignored = none, telling = none, isWanted }: KeyOptions) {
    this.#ignored = ignored;
    this.#telling = telling;
    this.#isWanted = isWanted;
  }

  /** @param raw with its quotes */
  find(siblings: Children, raw: string, prefix: string): Key {
    const known = siblings.byRaw.get(raw);
    if (known !== undefined) return known;
    const own = unquote(raw);
    const key = this.#made(prefix === '' ? own : `${prefix}/${own}`, this.#ignored.has(own));
    siblings.byRaw.set(raw, key);
    return key;
  }

  item(list: Key, index: number): Key {
    const known = list.items[index];
    if (known !== undefined) return known;
    const item = this.#made(`${list.name}/${index}`, false);
    list.items[index] = item;
    return item;
  }

  #made(name: string, isIgnored: boolean): Key {
    const isLeftOut = this.#isWanted !== undefined && !this.#isWanted(name);
    return {
      lead: null,
      name,
      isIgnored,
      isLeftOut,
      isPassedOver: isLeftOut && !isIgnored,
      isTelling: this.#telling.has(name),
      isCounter: isCounterName(name),
      column: -1,
      next: null,
      otherNext: null,
      children: { first: null, otherFirst: null, byRaw: new Map() },
      items: [],
      listLength: -1,
    };
  }
}

/** Of the keys at one place of the nesting, the one that is expected behind `before`, or first where that is null. */
export const expected = (keys: Children, before: Key | null): Key | null =>
  before === null ? keys.first : before.next;

export const otherExpected = (keys: Children, before: Key | null): Key | null =>
  before === null ? keys.otherFirst : before.otherNext;

/** `key` stood there, and is expected there again. */
export function expectAgain(keys: Children, before: Key | null, key: Key): void {
  if (before === null) {
    keys.otherFirst = keys.first;
    keys.first = key;
  } else {
    before.otherNext = before.next;
    before.next = key;
  }
}
