/** Sums up texts, so that which of them are equal is known without keeping one: 53 bits, two texts in 10^16 collide. */
export class TextHash {
  #low = 0x811c9dc5;
  #high = 0x9747b28c;

  /** Takes in what stands between `start` and `end`. */
  add(text: string, start: number, end: number): this {
    let low = this.#low;
    let high = this.#high;
    for (let i = start; i < end; i += 1) {
      const code = text.charCodeAt(i);
      low = Math.imul(low ^ code, 0x01000193);
      high = Math.imul(high ^ code, 0x5bd1e995) ^ (high >>> 15);
    }
    // Parts are told apart: `ab` and `c` are not `a` and `bc`.
    this.#low = Math.imul(low ^ 0x110000, 0x01000193);
    this.#high = Math.imul(high ^ 0x110000, 0x5bd1e995) ^ (high >>> 15);
    return this;
  }

  /** A whole number from 0. */
  get value(): number {
    return (this.#low >>> 0) * 0x200000 + (mixed(this.#high) >>> 11);
  }
}

export function hashText(text: string, start = 0, end = text.length): number {
  return new TextHash().add(text, start, end).value;
}

/** Of an answer: blanks and dollar signs around formulas make no other answer. */
export function hashAnswer(text: string, start: number, end: number): number {
  return hashText(text.slice(start, end).replace(/\\[nrt](?![a-z])|[\s$]+/g, ''));
}

/** The finish of MurmurHash3 (A. Appleby, public domain): every bit in reaches every bit out. */
function mixed(hash: number): number {
  let bits = hash ^ (hash >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
