import { type Words, wordsOf } from '../bytes/words.ts';
import { isCounterName } from '../counterName.ts';
import type { IsWanted } from '../format.ts';
import { unquote } from './jsonText.ts';
import { kindNames } from './recordKind.ts';

/** One key of the log's records, at its place in the nesting; the tree of them is learned once and then only compared. */
export interface Key {
  /** Its place among all keys of the log. */
  readonly index: number;
  /** What stands from its opening quote to its value, as it was the first time; null before that. A place in a list has none. */
  lead: Words | null;
  /** Names from the outermost in, joined by `/`. */
  readonly name: string;
  /** Its values are settings or samples, not metrics: what is below is passed over. */
  readonly isIgnored: boolean;
  /** It is a place in a list of numbers. */
  readonly isItem: boolean;
  /** Its values go nowhere. */
  readonly isLeftOut: boolean;
  /** Not even the record needs its numbers. */
  readonly isPassedOver: boolean;
  /** Nor its texts: none of them says what kind of record it stands in. */
  readonly passesTexts: boolean;
  /** Its number tells what kind of record it stands in. */
  readonly isTelling: boolean;
  /** Its number counts the run's progress. */
  readonly isCounter: boolean;
  column: number;
  /**
   * Keys that followed it, the one that did the last time first: nearly always it follows again. Records of several kinds
   * may take turns, and a key may come now and then, so some others are kept too.
   */
  readonly followers: Key[];
  /** Of the object that it leads to: keys that stood first, as above, and all keys by their wording. */
  readonly firsts: Key[];
  readonly byRaw: Map<string, Key>;
  /** Places in its list of numbers. */
  readonly items: Key[];
  /** Length of its list of numbers; a list that changes its length is no vector of metrics. */
  listLength: number;
}

export interface KeyOptions {
  /** Names (last part) of objects and values that are no metrics, such as `config`. */
  readonly ignored?: ReadonlySet<string>;
  /** Whole names of numbers that tell what kind of record they stand in. */
  readonly telling?: ReadonlySet<string>;
  /** Of whole names; the others are passed over. */
  readonly isWanted?: IsWanted;
}

/** Of keys that are expected at one place. */
export const mostFollowers = 4;

/** Of places in a list: nothing stands before their values. */
const noLead: Words = { length: 0, words: new Int32Array(0) };
const none: ReadonlySet<string> = new Set();

/** The keys of a log's records. */
export class JsonKeys {
  /** In the order in which they were met, the root first. */
  readonly all: Key[] = [];
  /** Leads to the whole record. */
  readonly root: Key;
  /** Those of which something changed, for whoever keeps them elsewhere too. */
  readonly changed = new Set<Key>();
  readonly #ignored: ReadonlySet<string>;
  readonly #telling: ReadonlySet<string>;
  readonly #isWanted: IsWanted | undefined;

  constructor({ ignored = none, telling = none, isWanted }: KeyOptions) {
    this.#ignored = ignored;
    this.#telling = telling;
    this.#isWanted = isWanted;
    this.root = this.#made('', false, false, false);
  }

  /** @param raw with its quotes */
  find(owner: Key, raw: string): Key {
    const known = owner.byRaw.get(raw);
    if (known !== undefined) return known;
    const own = unquote(raw);
    const key = this.#named(owner.name === '' ? own : `${owner.name}/${own}`, this.#ignored.has(own));
    owner.byRaw.set(raw, key);
    return key;
  }

  item(list: Key, index: number): Key {
    const known = list.items[index];
    if (known !== undefined) return known;
    const item = this.#named(`${list.name}/${index}`, false, true);
    list.items[index] = item;
    return item;
  }

  /** `key` stood behind `before`, or first where that is null, and is expected there again. */
  expectAgain(owner: Key, before: Key | null, key: Key): void {
    const keys = expected(owner, before);
    const known = keys.indexOf(key);
    if (known >= 0) keys.splice(known, 1);
    else if (keys.length === mostFollowers) keys.pop();
    keys.unshift(key);
    this.changed.add(before ?? owner);
  }

  /** What leads to the value of `key`, from its opening quote on. */
  learnLead(key: Key, bytes: Uint8Array): void {
    this.changed.add(key);
    key.lead = wordsOf(bytes);
  }

  learnListLength(list: Key, length: number): void {
    this.changed.add(list);
    list.listLength = length;
    list.items.slice(0, length).forEach((item, i, items) => {
      item.lead = noLead;
      item.followers.push(...items.slice(i + 1, i + 2));
      this.changed.add(item);
    });
  }

  /** @param column of the sink; negative: none, or not any more */
  learnColumn(key: Key, column: number): void {
    this.changed.add(key);
    key.column = column;
  }

  #named(name: string, isIgnored: boolean, isItem = false): Key {
    return this.#made(name, isIgnored, isItem, this.#isWanted !== undefined && !this.#isWanted(name));
  }

  #made(name: string, isIgnored: boolean, isItem: boolean, isLeftOut: boolean): Key {
    const key: Key = {
      index: this.all.length,
      lead: null,
      name,
      isIgnored,
      isItem,
      isLeftOut,
      isPassedOver: isLeftOut && !isIgnored,
      passesTexts: isLeftOut && !isIgnored && !kindNames.has(name),
      isTelling: this.#telling.has(name),
      isCounter: isCounterName(name),
      column: -1,
      followers: [],
      firsts: [],
      byRaw: new Map(),
      items: [],
      listLength: -1,
    };
    this.all.push(key);
    this.changed.add(key);
    return key;
  }
}

/** Of the keys of an object, those that are expected behind `before`, or first where that is null. */
export const expected = (owner: Key, before: Key | null): Key[] => (before === null ? owner.firsts : before.followers);
