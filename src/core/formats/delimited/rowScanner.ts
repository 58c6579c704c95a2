import { ByteQueue } from '../binary/byteQueue.ts';
import { readNumber } from '../bytes/readNumber.ts';
import { scanNumber } from '../bytes/scanNumber.ts';
import { beforeBlanks, blankAt, pastBlanks } from './blanks.ts';

/** A longer cell in quotes is a quote that was never closed. */
export const longestQuoted = 1024 * 1024;
/** A cell that goes on behind so much is not read as a number again with each piece that comes. */
const longestNumber = 4096;

const lineFeed = 10;
const carriageReturn = 13;
const space = 32;
const quoteSign = 34;

/** The cells of one row, as places in bytes of UTF-8; valid until the row has been taken. */
export interface RowCells {
  readonly bytes: Uint8Array;
  readonly count: number;
  /** 1-based line on which the row starts. */
  readonly line: number;
  start(index: number): number;
  end(index: number): number;
  /** Doubled quotes stand in the cell still. */
  isEscaped(index: number): boolean;
  /** The cell is a number, NaN and the infinities among them. */
  isNumber(index: number): boolean;
  /** Its number, where it is one. */
  numberAt(index: number): number;
}

/**
 * Cuts bytes, split anywhere, into rows of cells (RFC 4180, with the liberties logs take: blanks around cells, CR LF, CR CR LF,
 * lone CR, empty lines, a quote inside of an unquoted cell). Cells are places in the bytes: no string is made for one, and
 * a number is read in the same pass in which its end is found.
 */
export class RowScanner implements RowCells {
  readonly #delimiter: number;
  readonly #take: (row: RowCells) => void;
  readonly #queue = new ByteQueue();
  /** From the start of the row being read. */
  bytes: Uint8Array = new Uint8Array(0);
  /** Line on which the row being read starts. */
  line = 1;
  count = 0;
  #linesInRow = 0;
  /** Where reading goes on: in a quoted cell behind what was read of it, in any other at its start. */
  #at = 0;
  #rowStart = 0;
  #cellStart = 0;
  #isQuoted = false;
  /** Behind the closing quote of a quoted cell; -1 in any other. */
  #quoteEnd = -1;
  /** Where the end of an unquoted cell is still to be looked for; before its start where all of it is. */
  #searchedTo = -1;
  #hasDoubled = false;
  #ignoresQuotes = false;
  #starts = new Int32Array(64);
  #ends = new Int32Array(64);
  #escaped = new Uint8Array(64);
  #isNumber = new Uint8Array(64);
  #numbers = new Float64Array(64);
  /** Line of a quote that was never closed, once. */
  unclosedAt: number | null = null;

  constructor(delimiter: string, take: (row: RowCells) => void) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#take = take;
  }

  start(index: number): number {
    return this.#starts[index] ?? 0;
  }

  end(index: number): number {
    return this.#ends[index] ?? 0;
  }

  isEscaped(index: number): boolean {
    return this.#escaped[index] === 1;
  }

  isNumber(index: number): boolean {
    return (
      this.#isNumber[index] === 1 || readNumber(this.bytes, this.start(index), this.end(index), this.#numbers, index)
    );
  }

  numberAt(index: number): number {
    return this.#numbers[index] ?? Number.NaN;
  }

  /** Inside of a quoted cell: what was read of the row may be any part of it. */
  get isInQuotes(): boolean {
    return this.#isQuoted && this.#quoteEnd < 0 && !this.#endsWithQuote();
  }

  /** The last sign is a quote that closes the cell, unless another one comes behind it. */
  #endsWithQuote(): boolean {
    return this.#at === this.bytes.length - 1 && this.#at >= this.#cellStart && this.bytes[this.#at] === quoteSign;
  }

  /** Nothing is kept of a row that goes on. */
  get isAtStart(): boolean {
    return this.#queue.length === 0;
  }

  /** Nothing but blanks since the last row. */
  get isBetweenRows(): boolean {
    return this.count === 0 && pastBlanks(this.bytes, 0, this.bytes.length) === this.bytes.length;
  }

  feed(more: Uint8Array): void {
    this.#queue.push(more);
    this.bytes = this.#queue.view();
    this.#scan();
  }

  /** Takes the unfinished row as it is, then stands where it stood. */
  offerRest(): void {
    const { count } = this;
    const quoteEnd = this.#quoteEnd;
    if (this.#isQuoted && quoteEnd < 0 && this.#endsWithQuote()) this.#quoteEnd = this.#at;
    this.#closeCell(this.bytes.length);
    if (!this.#isEmptyRow()) this.#take(this);
    this.#quoteEnd = quoteEnd;
    this.count = count;
  }

  #scan(): void {
    const { bytes } = this;
    const end = bytes.length;
    this.#rowStart = 0;
    let at = this.#at;
    while (at < end) {
      const behind = this.#isQuoted ? this.#quotedCell(at) : this.#plainCell(at);
      // The rest of the cell comes with the next piece.
      if (behind < 0) break;
      at = behind + 1;
      const code = bytes[behind];
      if (code !== this.#delimiter) {
        if (!this.#isEmptyRow()) this.#take(this);
        this.line += this.#linesInRow + (code === lineFeed ? 1 : 0);
        this.#ignoresQuotes = false;
        this.#startRow(at);
      } else this.#openCell(at);
    }
    this.#cut();
  }

  /** Reads an unquoted cell, or finds that it is a quoted one. @returns the place of what ends it; -1 where that is to come */
  #plainCell(start: number): number {
    const { bytes } = this;
    const end = bytes.length;
    if (this.count >= this.#starts.length) this.#grow();
    if (this.#searchedTo - start > longestNumber) return this.#goOnInCell(start, this.#searchedTo);
    let from = start;
    while (from < end && bytes[from] === space) from += 1;
    // Most cells are numbers: their end is found by reading them.
    const behind = scanNumber(bytes, from, end, this.#numbers, this.count);
    if (behind >= 0 && behind < end && this.#endsCell(bytes[behind] ?? 0)) {
      this.#put(from, behind, 1);
      return behind;
    }
    const first = this.#firstSign(start);
    if (!this.#ignoresQuotes && first < end && bytes[first] === quoteSign) {
      this.#isQuoted = true;
      this.#cellStart = first + 1;
      return this.#quotedCell(first + 1);
    }
    // Of blanks alone nobody knows yet what cell they begin.
    return first < end ? this.#goOnInCell(start, first) : this.#closedAt(-1, start);
  }

  /** Looks for the end of an unquoted cell from `at` on. */
  #goOnInCell(start: number, at: number): number {
    const behind = this.#endOfCell(at);
    if (behind < 0) this.#searchedTo = this.bytes.length;
    return this.#closedAt(behind, start);
  }

  /** The same for a quoted cell; what was read of it is not read again. */
  #quotedCell(start: number): number {
    const { bytes } = this;
    const end = bytes.length;
    let at = start;
    while (this.#quoteEnd < 0) {
      const quote = bytes.indexOf(quoteSign, at);
      if (quote < 0 || quote - this.#cellStart > longestQuoted) {
        if (end - this.#cellStart > longestQuoted) {
          this.unclosedAt ??= this.line;
          this.#ignoresQuotes = true;
          this.#startRow(this.#rowStart);
          return this.#plainCell(this.#rowStart);
        }
        this.#at = end;
        return -1;
      }
      // The sign behind the quote decides; it may come with the next piece.
      if (quote + 1 >= end) {
        this.#at = quote;
        return -1;
      }
      if (bytes[quote + 1] === quoteSign) {
        this.#hasDoubled = true;
        at = quote + 2;
        continue;
      }
      this.#linesInRow += countLines(bytes, this.#cellStart, quote);
      this.#quoteEnd = quote;
      at = quote + 1;
    }
    return this.#closedAt(this.#endOfCell(at), at);
  }

  #closedAt(behind: number, resumeAt: number): number {
    if (behind < 0) this.#at = resumeAt;
    else this.#closeCell(behind);
    return behind;
  }

  #endsCell(code: number): boolean {
    return code === this.#delimiter || code === lineFeed || code === carriageReturn;
  }

  #endOfCell(start: number): number {
    const { bytes } = this;
    const end = bytes.length;
    for (let at = start; at < end; at += 1) if (this.#endsCell(bytes[at] ?? 0)) return at;
    return -1;
  }

  /** Behind the blanks at the beginning of a cell. */
  #firstSign(start: number): number {
    const { bytes } = this;
    const end = bytes.length;
    let at = start;
    while (at < end && !this.#endsCell(bytes[at] ?? 0)) {
      const length = blankAt(bytes, at);
      if (length === 0) break;
      at += length;
    }
    return at;
  }

  /** Lets go of the rows that were taken. */
  #cut(): void {
    const from = this.#rowStart;
    this.#at -= from;
    this.#cellStart -= from;
    if (this.#quoteEnd >= 0) this.#quoteEnd -= from;
    this.#searchedTo -= from;
    for (let i = 0; i < this.count; i += 1) {
      this.#starts[i] = this.start(i) - from;
      this.#ends[i] = this.end(i) - from;
    }
    this.#rowStart = 0;
    this.#queue.take(from);
    this.bytes = this.#queue.view();
  }

  #startRow(at: number): void {
    this.#rowStart = at;
    this.count = 0;
    this.#linesInRow = 0;
    this.#openCell(at);
  }

  #openCell(at: number): void {
    this.#at = at;
    this.#cellStart = at;
    this.#isQuoted = false;
    this.#quoteEnd = -1;
    this.#searchedTo = -1;
    this.#hasDoubled = false;
  }

  #closeCell(at: number): void {
    if (this.count >= this.#starts.length) this.#grow();
    const { bytes } = this;
    let start = this.#cellStart;
    let end = this.#quoteEnd >= 0 ? this.#quoteEnd : at;
    start = pastBlanks(bytes, start, end);
    end = beforeBlanks(bytes, start, end);
    this.#put(start, end, 0);
  }

  #put(start: number, end: number, isNumber: 0 | 1): void {
    const index = this.count;
    this.#starts[index] = start;
    this.#ends[index] = end;
    this.#isNumber[index] = isNumber;
    this.#escaped[index] = this.#hasDoubled ? 1 : 0;
    this.count = index + 1;
  }

  #grow(): void {
    const size = 2 * this.#starts.length;
    const enlarged = <A extends { set(from: A): void }>(larger: A, from: A): A => {
      larger.set(from);
      return larger;
    };
    this.#starts = enlarged(new Int32Array(size), this.#starts);
    this.#ends = enlarged(new Int32Array(size), this.#ends);
    this.#escaped = enlarged(new Uint8Array(size), this.#escaped);
    this.#isNumber = enlarged(new Uint8Array(size), this.#isNumber);
    this.#numbers = enlarged(new Float64Array(size), this.#numbers);
  }

  /** Empty lines, and those of nothing but delimiters that spreadsheets leave between tables. */
  #isEmptyRow(): boolean {
    for (let i = 0; i < this.count; i += 1) if (this.start(i) < this.end(i)) return false;
    return true;
  }
}

function countLines(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at += 1) if (bytes[at] === lineFeed) count += 1;
  return count;
}
