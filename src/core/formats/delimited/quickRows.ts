import { quickDecimal, quickDecimalReach } from '../bytes/quickDecimal.ts';
import { scanNumber } from '../bytes/scanNumber.ts';
import { type Searchable, searchable } from '../bytes/searchable.ts';
import { passQuotedTail, type QuotedTail } from './quotedTail.ts';
import { longestQuoted } from './rowScanner.ts';
import { behindSigns, countSigns } from './signs.ts';

const lineFeed = 10;
const carriageReturn = 13;
const space = 32;
const quoteSign = 34;

/** What stands in a wanted cell. */
export const nothing = 0;
export const numeral = 1;
export const wording = 2;

/**
 * Takes the rows of a table that are as nearly all are: a number in one of the wanted cells, no more cells than the header has,
 * and quotes behind the wanted cells only. At any other row it stops, and leaves that to the `RowScanner`. Behind the last wanted
 * cell nothing is looked at but where the line ends and how many cells there are up to it.
 */
export class QuickRows {
  readonly #delimiter: number;
  readonly #take: (row: QuickRows) => void;
  #mostCells = 0;
  #fewestCells = 0;
  #places = new Int32Array(0);
  /** Cells that lie before each wanted one, from the wanted one before it on. */
  #gaps = new Int32Array(0);
  /** Of each wanted cell of the row what it is, its number, and where it stands if it is a wording. */
  kinds = new Uint8Array(0);
  numbers = new Float64Array(0);
  starts = new Int32Array(0);
  ends = new Int32Array(0);
  bytes: Uint8Array = new Uint8Array(0);
  /** Line on which the row starts. */
  line = 1;
  #view = new DataView(this.bytes.buffer, 0, 0);
  #search: Searchable = searchable(this.bytes);
  /** Places of the next quote and of the next carriage return, as far as rows were taken; behind the end where there is none. */
  #quote = -1;
  #return = -1;
  /** Cells of the row, as far as they were read. */
  #cells = 0;
  readonly #tail: QuotedTail = { end: 0, delimiters: 0, lines: 0 };

  constructor(delimiter: string, take: (row: QuickRows) => void) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#take = take;
  }

  /** @param wanted places of the cells that are read, rising; none: no row is taken. @param cells of the header */
  plan(wanted: readonly number[], cells: number): void {
    this.#mostCells = cells;
    this.#fewestCells = Math.min(2, cells);
    this.#places = Int32Array.from(wanted);
    this.#gaps = Int32Array.from(wanted, (place, i) => place - (wanted[i - 1] ?? -1) - 1);
    this.kinds = new Uint8Array(wanted.length);
    this.numbers = new Float64Array(wanted.length);
    this.starts = new Int32Array(wanted.length);
    this.ends = new Int32Array(wanted.length);
  }

  /** The bytes that are swept next. */
  begin(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#search = searchable(bytes);
    this.#quote = -1;
    this.#return = -1;
  }

  /** Takes rows from the one that starts at `from` on. @returns the start of the first that is not taken */
  sweep(from: number): number {
    if (this.#places.length === 0) return from;
    this.#look(from);
    let at = from;
    for (;;) {
      const feed = this.#search.indexOf(lineFeed, at);
      if (feed < 0) return at;
      const next = this.#quote < feed ? this.#quotedRow(at) : this.#plainRow(at, feed);
      if (next < 0) return at;
      at = next;
    }
  }

  /** Behind the line that goes on at `from`; the end where that is not there. */
  behindLine(from: number): number {
    const feed = this.#search.indexOf(lineFeed, from);
    return feed < 0 ? this.bytes.length : feed + 1;
  }

  #look(from: number): void {
    if (this.#quote < from) this.#quote = this.#next(quoteSign, from);
    if (this.#return < from) this.#return = this.#next(carriageReturn, from);
  }

  #next(sign: number, from: number): number {
    const at = this.#search.indexOf(sign, from);
    return at < 0 ? this.bytes.length : at;
  }

  /** A row without quotes. @returns the start of the next one; -1 where it is not taken */
  #plainRow(start: number, feed: number): number {
    let end = feed;
    if (this.#return < feed) {
      end = this.#return;
      if (this.#behindReturns(end) !== feed) return -1;
      this.#return = this.#next(carriageReturn, feed);
    }
    const at = this.#readCells(start, end);
    if (at < 0) return -1;
    if (at <= end) this.#cells += countSigns(this.bytes, this.#view, this.#delimiter, at, end) + 1;
    if (this.#cells > this.#mostCells || this.#cells < this.#fewestCells) return -1;
    this.#take(this);
    this.line += 1;
    return feed + 1;
  }

  /** The same for one with quotes. */
  #quotedRow(start: number): number {
    const quote = this.#quote;
    const at = this.#return < quote ? -1 : this.#readCells(start, quote);
    if (at < 0 || at > quote) return -1;
    const tail = this.#tail;
    if (!passQuotedTail(this.bytes, at, this.#delimiter, longestQuoted, tail)) return -1;
    const feed = this.#behindReturns(tail.end);
    if (this.bytes[feed] !== lineFeed) return -1;
    if (this.#cells + 1 + tail.delimiters > this.#mostCells) return -1;
    this.#take(this);
    this.line += tail.lines + 1;
    this.#look(feed + 1);
    return feed + 1;
  }

  #behindReturns(from: number): number {
    let at = from;
    while (this.bytes[at] === carriageReturn) at += 1;
    return at;
  }

  /**
   * Reads the wanted cells of a row that ends at `end`, and counts the cells up to the last of them.
   * @returns the start of the cell behind that, behind `end` where there is none; -1 where none of them is a number
   */
  #readCells(start: number, end: number): number {
    const bytes = this.bytes;
    const places = this.#places;
    const kinds = this.kinds;
    let hasNumber = false;
    let at = start;
    for (let i = 0; i < places.length; i += 1) {
      const gap = this.#gaps[i] ?? 0;
      if (gap > 0) at = behindSigns(bytes, this.#view, this.#delimiter, at, end, gap);
      if (at < 0) return hasNumber ? this.#endEarly(i, start, end) : -1;
      const behind = this.#readCell(at, end, i);
      if (kinds[i] === numeral) hasNumber = true;
      this.#cells = (places[i] ?? 0) + 1;
      if (behind === end) {
        kinds.fill(nothing, i + 1);
        return hasNumber ? end + 1 : -1;
      }
      at = behind + 1;
    }
    return hasNumber ? at : -1;
  }

  /** The row has no cell at the `i`th place and those behind it. */
  #endEarly(i: number, start: number, end: number): number {
    this.kinds.fill(nothing, i);
    this.#cells = countSigns(this.bytes, this.#view, this.#delimiter, start, end) + 1;
    return end + 1;
  }

  /** @returns the place of what ends the cell */
  #readCell(start: number, end: number, index: number): number {
    const bytes = this.bytes;
    const delimiter = this.#delimiter;
    this.kinds[index] = nothing;
    if (start === end || bytes[start] === delimiter) return start;
    let at = start;
    while (bytes[at] === space) at += 1;
    let behind = at + quickDecimalReach <= bytes.length ? quickDecimal(bytes, this.#view, at, this.numbers, index) : -1;
    if (behind < 0) behind = scanNumber(bytes, at, end, this.numbers, index);
    if (behind === end || (behind >= 0 && bytes[behind] === delimiter)) {
      this.kinds[index] = numeral;
      return behind;
    }
    this.kinds[index] = wording;
    this.starts[index] = start;
    at = start;
    while (at < end && bytes[at] !== delimiter) at += 1;
    this.ends[index] = at;
    return at;
  }
}
