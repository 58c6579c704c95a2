import { quickDecimal, quickDecimalReach } from '../bytes/quickDecimal.ts';
import { scanNumber } from '../bytes/scanNumber.ts';
import { type Searchable, searchable } from '../bytes/searchable.ts';
import { rowsAtOnce } from '../simd/layout.ts';
import { closingQuote } from './closingQuote.ts';
import { KernelRows } from './kernelRows.ts';
import { longestQuoted } from './rowScanner.ts';
import { behindSigns, countSigns } from './signs.ts';

const lineFeed = 10;
const carriageReturn = 13;
const space = 32;
const quoteSign = 34;

export interface NumberRows {
  readonly starts: Float64Array;
  /** Of each wanted cell the numbers, `rowsAtOnce` of them, before those of the next one; NaN where none stands there. */
  readonly numbers: Float64Array;
}

export interface QuickVisitor {
  /** Rows of nothing but numbers, the first `count` of them. */
  rows(rows: NumberRows, count: number): void;
  /** A row with a wording, the `at`th. */
  row(row: QuickRows, at: number): void;
}

/**
 * Takes the rows of a table that are as nearly all are: a number in one of the wanted cells, no more cells than the header has,
 * and quotes only around whole cells. At any other row it stops, and leaves that to the `RowScanner`. Behind the last wanted
 * cell nothing is looked at but where the line ends and how many cells there are up to it.
 */
export class QuickRows implements NumberRows {
  readonly #delimiter: number;
  readonly #visitor: QuickVisitor;
  readonly #kernelRows: KernelRows;
  #mostCells = 0;
  #fewestCells = 0;
  #places = new Int32Array(0);
  /** Cells that lie before each wanted one, from the wanted one before it on. */
  #gaps = new Int32Array(0);
  numbers = new Float64Array(0);
  readonly starts = new Float64Array(rowsAtOnce);
  #rows = 0;
  /** Of the row that is read: the places of wordings; they begin behind their end where none stands there. */
  wordStarts = new Int32Array(0);
  wordEnds = new Int32Array(0);
  #hasWording = false;
  bytes: Uint8Array = new Uint8Array(0);
  /** Line on which the next row starts. */
  line = 1;
  #view = new DataView(this.bytes.buffer, 0, 0);
  #search: Searchable = searchable(this.bytes);
  /** Places of the next quote and of the next carriage return, as far as rows were taken; behind the end where there is none. */
  #quote = -1;
  #return = -1;
  /** Cells of the row, as far as they were read. */
  #cells = 0;

  constructor(delimiter: string, visitor: QuickVisitor) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#visitor = visitor;
    this.#kernelRows = new KernelRows(this.#delimiter, visitor);
  }

  /** @param wanted places of the cells that are read, rising; none: no row is taken. @param cells of the header */
  plan(wanted: readonly number[], cells: number): void {
    this.#mostCells = cells;
    this.#fewestCells = Math.min(2, cells);
    this.#places = Int32Array.from(wanted);
    this.#gaps = Int32Array.from(wanted, (place, i) => place - (wanted[i - 1] ?? -1) - 1);
    this.#kernelRows.plan(this.#gaps, this.#fewestCells, this.#mostCells);
    this.numbers = new Float64Array(wanted.length * rowsAtOnce);
    this.wordStarts = new Int32Array(wanted.length);
    this.wordEnds = new Int32Array(wanted.length);
  }

  /** The bytes that are swept next. */
  begin(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#search = searchable(bytes);
    this.#kernelRows.begin(bytes);
    this.#quote = -1;
    this.#return = -1;
  }

  /** Takes rows from the one that starts at `from` on. @returns the start of the first that is not taken */
  sweep(from: number): number {
    if (this.#places.length === 0) return from;
    this.#look(from);
    let at = from;
    for (;;) {
      if (this.#kernelRows.isAsked) at = this.#byKernel(at);
      const feed = this.#search.indexOf(lineFeed, at);
      const next = feed < 0 ? -1 : this.#quote < feed ? this.#quotedRow(at) : this.#plainRow(at, feed);
      if (next < 0) break;
      at = next;
    }
    this.#handOn();
    return at;
  }

  /** @returns the start of the first row that the kernel does not take */
  #byKernel(from: number): number {
    this.#handOn();
    this.line += this.#kernelRows.take(from, this.line);
    const { at } = this.#kernelRows;
    this.#look(at);
    return at;
  }

  #handOn(): void {
    if (this.#rows > 0) this.#visitor.rows(this, this.#rows);
    this.#rows = 0;
  }

  #take(): void {
    const at = this.#rows;
    this.starts[at] = this.line;
    if (this.#hasWording) {
      this.#handOn();
      this.#visitor.row(this, at);
    } else {
      this.#rows = at + 1;
      if (this.#rows === rowsAtOnce) this.#handOn();
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
    this.#take();
    this.line += 1;
    return feed + 1;
  }

  /** The same for one with quotes, cell by cell: they stand at the start of a cell and at its end. */
  #quotedRow(start: number): number {
    const bytes = this.bytes;
    const places = this.#places;
    if (this.#hasWording) this.#forgetWordings();
    let [next, numbers, lines, at, code] = [0, 0, 0, start, this.#delimiter];
    this.#cells = 0;
    for (; code === this.#delimiter; at += 1) {
      const isWanted = places[next] === this.#cells;
      const slot = next * rowsAtOnce + this.#rows;
      if (bytes[at] === quoteSign) {
        const close = closingQuote(bytes, at + 1);
        if (close < 0 || close - at > longestQuoted) return -1;
        if (isWanted && !this.#readQuoted(at + 1, close, next, slot)) return -1;
        lines += countSigns(bytes, this.#view, lineFeed, at, close);
        at = close + 1;
      } else {
        const end = this.#endOfPlain(at);
        if (isWanted) this.#readCell(at, end, next, slot);
        at = end;
      }
      if (isWanted) {
        if (!Number.isNaN(this.numbers[slot])) numbers += 1;
        next += 1;
      }
      this.#cells += 1;
      code = bytes[at] ?? 0;
    }
    const feed = this.#behindReturns(at - 1);
    if (bytes[feed] !== lineFeed || numbers === 0) return -1;
    if (this.#cells > this.#mostCells || this.#cells < this.#fewestCells) return -1;
    this.#leaveOut(next);
    this.#take();
    this.line += lines + 1;
    this.#look(feed + 1);
    return feed + 1;
  }

  /** @returns the place of what ends a cell, or of a quote in it */
  #endOfPlain(start: number): number {
    const bytes = this.bytes;
    let at = start;
    while (at < bytes.length) {
      const code = bytes[at];
      if (code === this.#delimiter || code === lineFeed || code === carriageReturn || code === quoteSign) break;
      at += 1;
    }
    return at;
  }

  /** @returns whether it could: not where doubled quotes must be made single */
  #readQuoted(start: number, end: number, index: number, slot: number): boolean {
    if (this.#readNumber(start, end, slot) === end) return true;
    if (this.#search.indexOf(quoteSign, start) < end) return false;
    this.#keepWording(start, end, index, slot);
    return true;
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
    const places = this.#places;
    if (this.#hasWording) this.#forgetWordings();
    let numbers = 0;
    let at = start;
    for (let i = 0; i < places.length; i += 1) {
      const gap = this.#gaps[i] ?? 0;
      if (gap > 0) at = behindSigns(this.bytes, this.#view, this.#delimiter, at, end, gap);
      if (at < 0) {
        this.#cells = countSigns(this.bytes, this.#view, this.#delimiter, start, end) + 1;
        this.#leaveOut(i);
        return numbers > 0 ? end + 1 : -1;
      }
      const slot = i * rowsAtOnce + this.#rows;
      const behind = this.#readCell(at, end, i, slot);
      numbers += Number.isNaN(this.numbers[slot]) ? 0 : 1;
      at = behind + 1;
      if (behind === end) {
        this.#cells = (places[i] ?? 0) + 1;
        this.#leaveOut(i + 1);
        return numbers > 0 ? at : -1;
      }
    }
    this.#cells = (places[places.length - 1] ?? 0) + 1;
    return numbers > 0 ? at : -1;
  }

  /** The row ends before the wanted cell `from`. */
  #leaveOut(from: number): void {
    for (let i = from; i < this.#places.length; i += 1) this.numbers[i * rowsAtOnce + this.#rows] = Number.NaN;
  }

  #forgetWordings(): void {
    this.wordStarts.fill(0);
    this.wordEnds.fill(-1);
    this.#hasWording = false;
  }

  /** @returns the place of what ends the cell */
  #readCell(start: number, end: number, index: number, slot: number): number {
    const bytes = this.bytes;
    const delimiter = this.#delimiter;
    if (start < end && bytes[start] !== delimiter) {
      const behind = this.#readNumber(start, end, slot);
      if (behind === end || (behind >= 0 && bytes[behind] === delimiter)) return behind;
    }
    let at = start;
    while (at < end && bytes[at] !== delimiter) at += 1;
    this.#keepWording(start, at, index, slot);
    return at;
  }

  /** @returns the place behind the number that starts there, behind blanks; -1 where none does */
  #readNumber(start: number, end: number, slot: number): number {
    const bytes = this.bytes;
    let at = start;
    while (bytes[at] === space) at += 1;
    const behind =
      at + quickDecimalReach <= bytes.length ? quickDecimal(bytes, this.#view, at, this.numbers, slot) : -1;
    return behind < 0 ? scanNumber(bytes, at, end, this.numbers, slot) : behind;
  }

  #keepWording(start: number, end: number, index: number, slot: number): void {
    this.numbers[slot] = Number.NaN;
    if (start === end) return;
    if (!this.#hasWording) this.#forgetWordings();
    this.#hasWording = true;
    this.wordStarts[index] = start;
    this.wordEnds[index] = end;
  }
}
