import { GrowingInts } from './growingArray.ts';

/** So few stretches cost nothing, however few rows they have. */
const fewStretches = 32;
/** Rows in a stretch, under which the rows themselves take less memory than their stretches. */
const shortStretch = 2;

/**
 * Rising numbers of rows, told by the stretches without a gap: a column of a log misses few of them, and then takes no memory
 * for its rows. Where gaps are everywhere, each row is kept.
 */
export class GrowingRows {
  /** The newest; -1 without one. */
  last = -1;
  #length = 0;
  /** First row of each stretch, and the index at which it begins. */
  #starts = new GrowingInts();
  #indices = new GrowingInts();
  /** null while stretches tell them. */
  #items: GrowingInts | null = null;
  /** Indices of the stretch of the last `at`, and what its rows are ahead of them: most are asked for one after another. */
  #from = 0;
  #to = 0;
  #ahead = 0;

  get length(): number {
    return this.#length;
  }

  /** 0 outside of it. */
  at(index: number): number {
    if (this.#items !== null) return this.#items.at(index);
    if (index < 0 || index >= this.#length) return 0;
    if (index < this.#from || index >= this.#to) this.#goTo(index);
    return this.#ahead + index;
  }

  /** @param row above the newest */
  push(row: number): void {
    if (row !== this.last + 1 || this.#length === 0) this.#startStretch(row);
    this.#items?.push(row);
    this.#length += 1;
    this.last = row;
  }

  /** So many rows without a gap. @param first above the newest */
  extend(first: number, count: number): void {
    if (count === 0) return;
    this.push(first);
    if (this.#items !== null) for (let i = 1; i < count; i += 1) this.#items.push(first + i);
    this.#length += count - 1;
    this.last = first + count - 1;
  }

  cut(length: number): void {
    if (length >= this.#length) return;
    this.last = length === 0 ? -1 : this.at(length - 1);
    this.#length = length;
    this.#to = 0;
    if (this.#items !== null) {
      this.#items.cut(length);
      if (length > 0) return;
      this.#items = null;
    }
    let stretches = this.#starts.length;
    while (stretches > 0 && this.#indices.at(stretches - 1) >= length) stretches -= 1;
    this.#starts.cut(stretches);
    this.#indices.cut(stretches);
  }

  /** Whether both are the same rows, told by their stretches; false too where one is kept otherwise than the other. */
  equals(other: GrowingRows): boolean {
    if (this.#length !== other.#length || this.last !== other.last) return false;
    if ((this.#items === null) !== (other.#items === null)) return false;
    return this.#items !== null && other.#items !== null
      ? isSame(this.#items, other.#items)
      : isSame(this.#starts, other.#starts) && isSame(this.#indices, other.#indices);
  }

  /** A view, or numbers of its own; valid until the next push. */
  view(): Int32Array {
    if (this.#items !== null) return this.#items.view();
    const rows = new Int32Array(this.#length);
    for (let stretch = 0; stretch < this.#starts.length; stretch += 1) {
      const from = this.#indices.at(stretch);
      const to = stretch + 1 < this.#starts.length ? this.#indices.at(stretch + 1) : this.#length;
      const offset = this.#starts.at(stretch) - from;
      for (let i = from; i < to; i += 1) rows[i] = offset + i;
    }
    return rows;
  }

  #startStretch(row: number): void {
    if (this.#items !== null) return;
    if (this.#starts.length < fewStretches || this.#starts.length * shortStretch < this.#length) {
      this.#starts.push(row);
      this.#indices.push(this.#length);
      return;
    }
    const items = new GrowingInts();
    for (const known of this.view()) items.push(known);
    this.#items = items;
    this.#starts.cut(0);
    this.#indices.cut(0);
  }

  #goTo(index: number): void {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#indices.at(middle) <= index) low = middle;
      else high = middle - 1;
    }
    this.#from = this.#indices.at(low);
    this.#to = low + 1 < this.#starts.length ? this.#indices.at(low + 1) : this.#length;
    this.#ahead = this.#starts.at(low) - this.#from;
  }
}

function isSame(some: GrowingInts, others: GrowingInts): boolean {
  if (some.length !== others.length) return false;
  for (let i = 0; i < some.length; i += 1) if (some.at(i) !== others.at(i)) return false;
  return true;
}
