import { viewOf } from '../formats/bytes/viewOf.ts';

/** Sums up texts, so that which of them are equal is known without keeping one: 53 bits, two texts in 10^16 collide. */
export class TextHash {
  #low = 0x811c9dc5;
  #high = 0x9747b28c;

  add(text: string): this {
    let low = this.#low;
    let high = this.#high;
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      low = Math.imul(low ^ code, 0x01000193);
      high = Math.imul(high ^ code, 0x5bd1e995) ^ (high >>> 15);
    }
    return this.#endPart(low, high);
  }

  /**
   * Takes in bytes from `start` to `end`, four at a time; the sum is another than that of the text they stand for.
   * @param words of the same bytes, where there is a view of them already: a new one costs as much as a prompt
   */
  addBytes(bytes: Uint8Array, start: number, end: number, words = viewOf(bytes)): this {
    let low = this.#low;
    let high = this.#high;
    let at = start;
    for (; at + 4 <= end; at += 4) {
      const word = words.getInt32(at, true);
      low = Math.imul(low ^ word, 0x01000193);
      low ^= low >>> 13;
      high = Math.imul(high ^ word, 0x5bd1e995);
      high ^= high >>> 15;
    }
    for (; at < end; at += 1) {
      const byte = bytes[at] ?? 0;
      low = Math.imul(low ^ byte, 0x01000193);
      high = Math.imul(high ^ byte, 0x5bd1e995) ^ (high >>> 15);
    }
    return this.#endPart(low, high);
  }

  /** A whole number from 0. */
  get value(): number {
    return (this.#low >>> 0) * 0x200000 + (mixed(this.#high) >>> 11);
  }

  /** Parts are told apart: `ab` and `c` are not `a` and `bc`. */
  #endPart(low: number, high: number): this {
    this.#low = Math.imul(low ^ 0x110000, 0x01000193);
    this.#high = Math.imul(high ^ 0x110000, 0x5bd1e995) ^ (high >>> 15);
    return this;
  }
}

/** Of an answer: blanks, line ends as JSON has them, and dollar signs around formulas make no other answer. */
export const hashAnswer = (answer: string): number =>
  new TextHash().add(answer.replace(/\\[nrt](?![a-z])|[\s$]+/g, '')).value;

/** The finish of MurmurHash3 (A. Appleby, public domain): every bit in reaches every bit out. */
function mixed(hash: number): number {
  let bits = hash ^ (hash >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
