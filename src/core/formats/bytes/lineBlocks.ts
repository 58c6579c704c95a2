const lineFeed = 10;
const carriageReturn = 13;
const firstCapacity = 1 << 12;

export interface LineVisitor {
  /** Whole lines, the first of which starts at `start` and the last of which ends before `end`. */
  lines(bytes: Uint8Array, start: number, end: number): void;
  /** A line that is too long to be kept is passed over; said as soon as that is clear. */
  tooLong(): void;
  /** Its end. */
  endOfTooLong(end: number): void;
}

/**
 * Cuts bytes that come in any split into whole lines. Most lines are visited where they lie; only one that is split between
 * two pieces is copied.
 */
export class LineBlocks {
  readonly #longest: number;
  readonly #visitor: LineVisitor;
  readonly #endsAtReturn: boolean;
  #rest = new Uint8Array(firstCapacity);
  #restLength = 0;
  #isTooLong = false;

  /**
   * @param longest bytes of a line that are kept while its end is not there
   * @param endsAtReturn a carriage return ends a line as a line feed does
   */
  constructor(longest: number, visitor: LineVisitor, endsAtReturn = false) {
    this.#longest = longest;
    this.#visitor = visitor;
    this.#endsAtReturn = endsAtReturn;
  }

  feed(bytes: Uint8Array): void {
    let start = 0;
    if (this.#restLength > 0 || this.#isTooLong) {
      const found = this.#firstEnd(bytes);
      start = found < 0 ? bytes.length : found + 1;
      this.#keep(bytes, 0, start);
      if (found < 0) return;
      if (this.#isTooLong) this.#visitor.endOfTooLong(bytes[found] ?? lineFeed);
      else this.#visitor.lines(this.#rest, 0, this.#restLength);
      this.#restLength = 0;
      this.#isTooLong = false;
    }
    const end = this.#lastEnd(bytes) + 1;
    if (end > start) this.#visitor.lines(bytes, start, end);
    this.#keep(bytes, Math.max(start, end), bytes.length);
  }

  /** The line that has no end yet, a view; empty where there is none or it is too long. */
  pending(): Uint8Array {
    return this.#rest.subarray(0, this.#restLength);
  }

  #firstEnd(bytes: Uint8Array): number {
    const found = bytes.indexOf(lineFeed);
    if (!this.#endsAtReturn) return found;
    const before = (found < 0 ? bytes : bytes.subarray(0, found)).indexOf(carriageReturn);
    return before < 0 ? found : before;
  }

  #lastEnd(bytes: Uint8Array): number {
    const found = bytes.lastIndexOf(lineFeed);
    if (!this.#endsAtReturn) return found;
    const behind = bytes.subarray(found + 1).lastIndexOf(carriageReturn);
    return behind < 0 ? found : found + 1 + behind;
  }

  #keep(bytes: Uint8Array, start: number, end: number): void {
    const length = this.#restLength + end - start;
    if (end === start || this.#isTooLong) return;
    if (length > this.#longest) {
      this.#isTooLong = true;
      this.#restLength = 0;
      this.#rest = new Uint8Array(firstCapacity);
      this.#visitor.tooLong();
      return;
    }
    if (length > this.#rest.length) {
      const larger = new Uint8Array(Math.max(length, 2 * this.#rest.length));
      larger.set(this.#rest.subarray(0, this.#restLength));
      this.#rest = larger;
    }
    this.#rest.set(bytes.subarray(start, end), this.#restLength);
    this.#restLength = length;
  }
}
