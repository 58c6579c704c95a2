import type { Words } from '../bytes/words.ts';
import type { Kernel } from '../simd/kernel.ts';
import {
  isCounter,
  isIgnored,
  isItem,
  isPassedOver,
  isTelling,
  keyBytes,
  keyColumn,
  keyFirst,
  keyFirstItem,
  keyFlags,
  keyFollowers,
  keyLead,
  keyLeadLength,
  keysAt,
  leadBytes,
  leadFirst,
  leadsAt,
  leadsBytes,
  mostColumns,
  mostFollowers,
  mostKeys,
  passesTexts,
  rowsAt,
  rowsAtOnce,
} from '../simd/layout.ts';
import type { JsonKeys, Key } from './jsonKeys.ts';

/** Bytes that are compared at once: behind a lead so many are read. */
const step = 16;

/** What the kernel is told of the keys of a log: all of them once, and then what changes. */
export class KeyTable {
  readonly #kernel: Kernel;
  readonly #keys: JsonKeys;
  /** Where the next lead is put. */
  #leadAt = leadsAt;
  /** There was no room for a key once; there will be none later. */
  #isFull = false;
  readonly #withLead = new Set<Key>();
  /** Columns of the sink, in the order in which the kernel has them; the first has none, since a place of 0 means none. */
  readonly columns: number[] = [-1];
  readonly #placeOfColumn = new Map<number, number>();

  constructor(kernel: Kernel, keys: JsonKeys) {
    this.#kernel = kernel;
    this.#keys = keys;
    for (const key of keys.all) keys.changed.add(key);
  }

  /** @returns whether there is room for all of them */
  update(): boolean {
    const { changed, all } = this.#keys;
    if (this.#isFull || changed.size === 0) return !this.#isFull;
    this.#isFull = all.length > mostKeys || ![...changed].every((key) => this.#tell(key));
    changed.clear();
    return !this.#isFull;
  }

  #tell(key: Key): boolean {
    const place = placeOf(key);
    this.#put(place + keyFlags, flagsOf(key));
    this.#putKeys(place + keyFirstItem, key.items.slice(0, Math.min(1, key.listLength)), 1);
    this.#putKeys(place + keyFollowers, key.followers, mostFollowers);
    this.#putKeys(place + keyFirst, key.firsts, mostFollowers);
    this.#put(place + keyColumn, key.column < 0 ? 0 : this.#columnAt(key.column));
    return key.lead === null || this.#withLead.has(key) || this.#putLead(key, place, key.lead);
  }

  #putLead(key: Key, place: number, lead: Words): boolean {
    const at = this.#leadAt;
    this.#leadAt += leadBytes + Math.max(leadFirst, lead.length);
    if (this.#leadAt + step > leadsAt + leadsBytes) return false;
    this.#put(place + keyLead, at);
    this.#put(place + keyLeadLength, lead.length);
    writeLead(this.#kernel.bytes, at, bytesOf(lead));
    this.#withLead.add(key);
    return true;
  }

  /** Two keys may have one column. @returns 0 where there is no room for it */
  #columnAt(column: number): number {
    const known = this.#placeOfColumn.get(column);
    if (known !== undefined) return known;
    if (this.columns.length === mostColumns) return 0;
    const place = rowsAt + 8 * rowsAtOnce * this.columns.length;
    this.columns.push(column);
    this.#placeOfColumn.set(column, place);
    return place;
  }

  #putKeys(place: number, keys: readonly Key[], most: number): void {
    let count = 0;
    for (const key of keys) {
      // Without a lead it cannot be told from others.
      if (key.lead === null) continue;
      this.#put(place + 4 * count, placeOf(key));
      count += 1;
    }
    if (count < most) this.#put(place + 4 * count, 0);
  }

  #put(place: number, value: number): void {
    this.#kernel.ints[place / 4] = value;
  }
}

const placeOf = ({ index }: Key): number => keysAt + keyBytes * index;

/** The key that stands at a place of the kernel's memory. */
export const keyFrom = (keys: readonly Key[], place: number): Key | undefined => keys[(place - keysAt) / keyBytes];

const flagsOf = (key: Key): number =>
  (key.isPassedOver ? isPassedOver : 0) |
  (key.isIgnored ? isIgnored : 0) |
  (key.isTelling ? isTelling : 0) |
  (key.isCounter ? isCounter : 0) |
  (key.isItem ? isItem : 0) |
  (key.passesTexts ? passesTexts : 0);

function writeLead(memory: Uint8Array, at: number, lead: Uint8Array): void {
  memory.fill(0, at, at + leadBytes + leadFirst);
  memory.fill(255, at, at + Math.min(lead.length, leadFirst));
  memory.set(lead, at + leadBytes);
}

/** The last word reaches back into the one before it. */
function bytesOf({ length, words }: Words): Uint8Array {
  const bytes = new Uint8Array(length);
  for (const [i, word] of words.entries()) {
    const from = Math.min(4 * i, length - 4);
    for (let byte = 0; byte < 4; byte += 1) bytes[from + byte] = word >> (8 * byte);
  }
  return bytes;
}
