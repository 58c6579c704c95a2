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

  /** Up to one behind the last. */
  set(index: number, value: number): void {
    if (index === this.#length) this.push(value);
    else this.#items[index] = value;
  }

  cut(length: number): void {
    this.#length = Math.min(this.#length, length);
  }

  /** A view, valid until the next push. */
  view(): A {
    return this.part(this.#items, this.#length);
  }

  #grow(): void {
    const larger = this.allocate(Math.max(firstCapacity, 2 * this.#items.length));
    larger.set(this.#items);
    this.#items = larger;
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

/**
 * Rising numbers of rows. While none is left out, which is how most columns of a log are filled, they are told by the first
 * of them and take no memory.
 */
export class GrowingRows {
  /** The newest; -1 without one. */
  last = -1;
  #length = 0;
  #first = 0;
  /** null while none was left out. */
  #items: GrowingInts | null = null;

  get length(): number {
    return this.#length;
  }

  /** 0 outside of it. */
  at(index: number): number {
    if (this.#items !== null) return this.#items.at(index);
    return index < this.#length ? this.#first + index : 0;
  }

  /** @param row above the newest */
  push(row: number): void {
    if (this.#items !== null) this.#items.push(row);
    else if (row !== this.last + 1) {
      if (this.#length === 0) this.#first = row;
      else {
        this.#items = new GrowingInts();
        for (let i = 0; i < this.#length; i += 1) this.#items.push(this.#first + i);
        this.#items.push(row);
      }
    }
    this.#length += 1;
    this.last = row;
  }

  cut(length: number): void {
    if (length >= this.#length) return;
    this.last = length === 0 ? -1 : this.at(length - 1);
    this.#length = length;
    this.#items?.cut(length);
    if (length === 0) {
      this.#items = null;
      this.#first = 0;
    }
  }

  /** A view, or numbers of its own; valid until the next push. */
  view(): Int32Array {
    if (this.#items !== null) return this.#items.view();
    const rows = new Int32Array(this.#length);
    for (let i = 0; i < rows.length; i += 1) rows[i] = this.#first + i;
    return rows;
  }
}
