const lineFeed = 10;
const feeds = 0x0a0a0a0a;
const lowBits = 0x7f7f7f7f;
const ones = 0x01010101;
/** A byte of the sum counts no further. */
const mostWords = 255;
/** Below it a word at a time is not worth its start. */
const shortest = 32;

/** Counts line feeds between places of bytes, four bytes at a time. */
export class FeedCounter {
  readonly #bytes: Uint8Array;
  readonly #words: Int32Array;
  /** Of the first word. */
  readonly #start: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#start = (4 - (bytes.byteOffset & 3)) & 3;
    // Few bytes need no words, and may end before the first one.
    const count = Math.max(0, bytes.length - this.#start) >> 2;
    this.#words = new Int32Array(bytes.buffer, count === 0 ? 0 : bytes.byteOffset + this.#start, count);
  }

  count(from: number, to: number): number {
    if (to - from < shortest) return this.#countBytes(from, to);
    const first = (from - this.#start + 3) >> 2;
    const end = (to - this.#start) >> 2;
    const ownStart = this.#start + 4 * first;
    const ownEnd = this.#start + 4 * end;
    return this.#countBytes(from, ownStart) + this.#countWords(first, end) + this.#countBytes(ownEnd, to);
  }

  #countWords(first: number, end: number): number {
    const words = this.#words;
    let others = 0;
    for (let at = first; at < end; ) {
      const stop = Math.min(end, at + mostWords);
      let sum = 0;
      for (; at < stop; at += 1) {
        const rest = (words[at] ?? 0) ^ feeds;
        // The highest bit of each byte that is no line feed, whatever stands beside it.
        sum += ((((rest & lowBits) + lowBits) | rest) >>> 7) & ones;
      }
      others += (sum & 255) + ((sum >>> 8) & 255) + ((sum >>> 16) & 255) + (sum >>> 24);
    }
    return 4 * (end - first) - others;
  }

  #countBytes(from: number, to: number): number {
    let count = 0;
    for (let at = from; at < to; at += 1) if (this.#bytes[at] === lineFeed) count += 1;
    return count;
  }
}
