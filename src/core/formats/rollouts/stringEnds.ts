import { type Searchable, searchable } from '../bytes/searchable.ts';
import { viewOf } from '../bytes/viewOf.ts';

const backslash = 92;
const quote = 34;
const quotes = 0x22222222;
const stride = 8;
/** Bytes looked at by words before the search is left to the machine: asking it costs as much as this many. */
const near = 128;

/**
 * Finds where JSON strings end. Texts of responses are most of a dump: prose is passed over by one search of the machine,
 * and code with its many quotes by four bytes at a time.
 */
export class StringEnds {
  #bytes: Uint8Array = new Uint8Array(0);
  #words = viewOf(this.#bytes);
  #search: Searchable = searchable(this.#bytes);

  /** Says which bytes are meant from here on. */
  in(bytes: Uint8Array): void {
    if (bytes === this.#bytes) return;
    this.#bytes = bytes;
    this.#words = viewOf(bytes);
    this.#search = searchable(bytes);
  }

  /** A view of the bytes. */
  get words(): DataView {
    return this.#words;
  }

  /** Behind the closing quote of the string whose opening quote stands at `at`; -1 where the bytes end before. */
  behind(at: number, end: number): number {
    const bytes = this.#bytes;
    for (let found = this.#nextQuote(at + 1, end); found >= 0; found = this.#nextQuote(found + 1, end)) {
      let slashes = found - 1;
      while (bytes[slashes] === backslash) slashes -= 1;
      if ((found - 1 - slashes) % 2 === 0) return found + 1;
    }
    return -1;
  }

  /** The first of a byte before `end`; -1 where there is none. */
  find(byte: number, from: number, end: number): number {
    const found = this.#search.indexOf(byte, from);
    return found < end ? found : -1;
  }

  #nextQuote(from: number, end: number): number {
    const words = this.#words;
    const last = Math.min(from + near, end) - stride;
    let at = from;
    for (; at <= last; at += stride) {
      const first = quotesIn(words.getInt32(at, true));
      if (first !== 0) return at + firstByte(first);
      const second = quotesIn(words.getInt32(at + 4, true));
      if (second !== 0) return at + 4 + firstByte(second);
    }
    return this.find(quote, at, end);
  }
}

/** The highest bit of each byte that is a quote; above the first of them other bytes may have it too. */
function quotesIn(word: number): number {
  const differing = word ^ quotes;
  return (differing - 0x01010101) & ~differing & 0x80808080;
}

const firstByte = (marks: number): number => (31 - Math.clz32(marks & -marks)) >> 3;
