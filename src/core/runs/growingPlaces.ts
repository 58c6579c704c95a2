import { GrowingFloats, GrowingInts } from './growingArray.ts';

/** So few stretches cost nothing, however short they are. */
const fewStretches = 32;
/** Items in a stretch, under which the items themselves take less memory than their stretches. */
const shortStretch = 2;

/**
 * Where the records of a log start, in lines or bytes. Most logs have a record on each line: then it is told by the stretches
 * in which that is so, and takes no memory.
 */
export class GrowingPlaces {
  #length = 0;
  #last = Number.NaN;
  /** What stands at the start of each stretch, and the index of that. */
  #firsts = new GrowingFloats();
  #indices = new GrowingInts();
  /** null while stretches tell all. */
  #items: GrowingFloats | null = null;

  /** 0 outside of it. */
  at(index: number): number {
    if (this.#items !== null) return this.#items.at(index);
    if (index < 0 || index >= this.#length) return 0;
    let [low, high] = [0, this.#indices.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#indices.at(middle) <= index) low = middle;
      else high = middle - 1;
    }
    return this.#firsts.at(low) + index - this.#indices.at(low);
  }

  /** Up to one behind the last. */
  set(index: number, place: number): void {
    if (index < this.#length) this.cut(index);
    this.#push(place);
  }

  append(places: Float64Array): void {
    for (let i = 0; i < places.length; i += 1) this.#push(places[i] ?? 0);
  }

  cut(length: number): void {
    if (length >= this.#length) return;
    this.#last = length === 0 ? Number.NaN : this.at(length - 1);
    this.#length = length;
    this.#items?.cut(length);
    let stretches = this.#indices.length;
    while (stretches > 0 && this.#indices.at(stretches - 1) >= length) stretches -= 1;
    this.#firsts.cut(stretches);
    this.#indices.cut(stretches);
    if (length === 0) this.#items = null;
  }

  #push(place: number): void {
    if (place !== this.#last + 1) this.#startStretch(place);
    this.#items?.push(place);
    this.#last = place;
    this.#length += 1;
  }

  #startStretch(place: number): void {
    if (this.#items !== null) return;
    if (this.#indices.length < fewStretches || this.#indices.length * shortStretch < this.#length) {
      this.#firsts.push(place);
      this.#indices.push(this.#length);
      return;
    }
    const items = new GrowingFloats();
    for (let stretch = 0; stretch < this.#indices.length; stretch += 1) {
      const from = this.#indices.at(stretch);
      const to = stretch + 1 < this.#indices.length ? this.#indices.at(stretch + 1) : this.#length;
      for (let i = from; i < to; i += 1) items.push(this.#firsts.at(stretch) + i - from);
    }
    this.#items = items;
    this.#firsts.cut(0);
    this.#indices.cut(0);
  }
}
