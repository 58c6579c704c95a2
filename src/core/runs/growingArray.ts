const firstCapacity = 16;

/** Numbers in one typed array that doubles when it is full. */
abstract class Growing<A extends Float64Array | Int32Array> {
  protected abstract allocate(capacity: number): A;
  protected abstract part(items: A, length: number): A;
  #items: A;
  #length = 0;

  /** @param none an array of no items */
  constructor(none: A) {
    this.#items = none;
  }

  get length(): number {
    return this.#length;
  }

  /** 0 outside of it. */
  at(index: number): number {
    return index < this.#length ? (this.#items[index] ?? 0) : 0;
  }

  /** Small, so that it becomes part of the loop that calls it: it is called for every value of a log. */
  push(value: number): void {
    const length = this.#length;
    if (length === this.#items.length) this.#grow();
    this.#items[length] = value;
    this.#length = length + 1;
  }

  pushAll(values: ArrayLike<number>): void {
    for (let i = 0; i < values.length; i++) this.push(values[i] ?? 0);
  }

  /** Up to one behind the last. */
  set(index: number, value: number): void {
    if (index === this.#length) this.push(value);
    else this.#items[index] = value;
  }

  /** Those from `from` on, up to the first that is NaN, or to `to`. @returns where it stopped */
  appendToNaN(items: A, from: number, to: number): number {
    const most = this.#length + to - from;
    if (most > this.#items.length) this.reserve(Math.max(most, 2 * this.#items.length));
    const own = this.#items;
    let length = this.#length;
    let at = from;
    for (; at < to; at += 1) {
      const value = items[at] ?? Number.NaN;
      if (Number.isNaN(value)) break;
      own[length] = value;
      length += 1;
    }
    this.#length = length;
    return at;
  }

  append(items: A): void {
    const at = this.#length;
    const length = at + items.length;
    if (length > this.#items.length) this.reserve(Math.max(length, 2 * this.#items.length));
    this.#items.set(items, at);
    this.#length = length;
  }

  cut(length: number): void {
    this.#length = Math.min(this.#length, length);
  }

  /** Takes the place of all, with room to grow by a share of them. */
  begin(items: A, growth: number): void {
    this.#length = 0;
    this.reserve(Math.ceil(items.length * growth) + firstCapacity);
    this.append(items);
  }

  /** Lets go of the oldest. */
  forget(count: number): void {
    this.#items.copyWithin(0, count, this.#length);
    this.#length -= count;
  }

  /** Room for so many in all: what is not used of it takes no memory yet, and nothing is copied until it is full. */
  reserve(capacity: number): void {
    if (capacity <= this.#items.length) return;
    const larger = this.allocate(capacity);
    larger.set(this.#items.subarray(0, this.#length));
    this.#items = larger;
  }

  /** A view, valid until the next push. */
  view(): A {
    return this.part(this.#items, this.#length);
  }

  #grow(): void {
    this.reserve(Math.max(firstCapacity, 2 * this.#items.length));
  }
}

const noFloats = new Float64Array(0);
const noInts = new Int32Array(0);

export class GrowingFloats extends Growing<Float64Array> {
  constructor() {
    super(noFloats);
  }

  protected allocate(capacity: number): Float64Array {
    return new Float64Array(capacity);
  }

  protected part(items: Float64Array, length: number): Float64Array {
    return items.subarray(0, length);
  }
}

export class GrowingInts extends Growing<Int32Array> {
  constructor() {
    super(noInts);
  }

  protected allocate(capacity: number): Int32Array {
    return new Int32Array(capacity);
  }

  protected part(items: Int32Array, length: number): Int32Array {
    return items.subarray(0, length);
  }
}
