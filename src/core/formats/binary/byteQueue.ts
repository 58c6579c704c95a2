const firstCapacity = 1 << 16;

/** Bytes that arrive in pieces and are read in one: what is not taken yet lies in a row, never more memory than twice that. */
export class ByteQueue {
  #buffer = new Uint8Array(0);
  #from = 0;
  #to = 0;
  #offset = 0;

  /** Offset in the file of the first byte not taken. */
  get offset(): number {
    return this.#offset;
  }

  get length(): number {
    return this.#to - this.#from;
  }

  push(bytes: Uint8Array): void {
    const needed = this.length + bytes.length;
    if (this.#to + bytes.length > this.#buffer.length) {
      const roomy = needed > this.#buffer.length / 2;
      const target = roomy ? new Uint8Array(Math.max(firstCapacity, 2 * needed)) : this.#buffer;
      const kept = this.#buffer.subarray(this.#from, this.#to);
      if (roomy) target.set(kept);
      else target.copyWithin(0, this.#from, this.#to);
      this.#buffer = target;
      this.#to = kept.length;
      this.#from = 0;
    }
    this.#buffer.set(bytes, this.#to);
    this.#to += bytes.length;
  }

  /** A view, valid until the next push. */
  view(): Uint8Array {
    return this.#buffer.subarray(this.#from, this.#to);
  }

  take(count: number): void {
    this.#from += count;
    this.#offset += count;
    if (this.#from === this.#to) {
      this.#from = 0;
      this.#to = 0;
    }
  }

  /** Keeps nothing any more, as if the last bytes were not pushed yet. @returns how many these are */
  giveBack(): number {
    const count = this.length;
    this.#from = 0;
    this.#to = 0;
    return count;
  }

  /** Counts bytes that were never pushed; only while nothing is kept. */
  skip(count: number): void {
    this.#offset += count;
  }
}
