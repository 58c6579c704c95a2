import { GrowingFloats, GrowingInts } from './growingArray.ts';

/** So few stretches cost nothing, however short they are. */
const fewStretches = 32;
/** Numbers in a stretch, under which the numbers themselves take less memory than their stretches. */
const shortStretch = 2;

/** Numbers of which nearly each is one more than the one before: told by the stretches in which that is so, they take no memory. */
export abstract class GrowingStretches<Items extends GrowingInts | GrowingFloats> {
  /** The newest; -1 without one. */
  last = -1;
  /** Each number, where stretches would be too many; null while they tell all. */
  protected items: Items | null = null;
  /** The first number of each stretch, and the index at which it begins. */
  protected readonly firsts = new GrowingFloats();
  protected readonly indices = new GrowingInts();
  #length = 0;
  /** Indices of the stretch of the last `at`, and what its numbers are ahead of them: most are asked for one after another. */
  #from = 0;
  #to = 0;
  #ahead = 0;

  protected abstract allocate(): Items;

  get length(): number {
    return this.#length;
  }

  /** 0 outside of it. */
  at(index: number): number {
    if (this.items !== null) return this.items.at(index);
    if (index < 0 || index >= this.#length) return 0;
    if (index < this.#from || index >= this.#to) this.#goTo(index);
    return this.#ahead + index;
  }

  push(value: number): void {
    if (value !== this.last + 1 || this.#length === 0) this.#startStretch(value);
    this.items?.push(value);
    this.#length += 1;
    this.last = value;
  }

  /** `count` numbers, each one more than the one before. */
  extend(first: number, count: number): void {
    if (count === 0) return;
    this.push(first);
    if (this.items !== null) for (let i = 1; i < count; i += 1) this.items.push(first + i);
    this.#length += count - 1;
    this.last = first + count - 1;
  }

  cut(length: number): void {
    if (length >= this.#length) return;
    this.last = length === 0 ? -1 : this.at(length - 1);
    this.#length = length;
    this.#to = 0;
    if (this.items !== null) {
      this.items.cut(length);
      if (length > 0) return;
      this.items = null;
    }
    let stretches = this.indices.length;
    while (stretches > 0 && this.indices.at(stretches - 1) >= length) stretches -= 1;
    this.firsts.cut(stretches);
    this.indices.cut(stretches);
  }

  /** The index behind a stretch. */
  protected endOf(stretch: number): number {
    return stretch + 1 < this.indices.length ? this.indices.at(stretch + 1) : this.#length;
  }

  #startStretch(value: number): void {
    if (this.items !== null) return;
    if (this.indices.length < fewStretches || this.indices.length * shortStretch < this.#length) {
      this.firsts.push(value);
      this.indices.push(this.#length);
      return;
    }
    const items = this.allocate();
    for (let i = 0; i < this.#length; i += 1) items.push(this.at(i));
    this.items = items;
    this.firsts.cut(0);
    this.indices.cut(0);
  }

  #goTo(index: number): void {
    let [low, high] = [0, this.indices.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.indices.at(middle) <= index) low = middle;
      else high = middle - 1;
    }
    this.#from = this.indices.at(low);
    this.#to = this.endOf(low);
    this.#ahead = this.firsts.at(low) - this.#from;
  }
}
