/** A longer cell in quotes is a quote that was never closed. */
const longestQuoted = 1024 * 1024;

/** The cells of one row, as places in a text; valid until the row has been taken. */
export interface RowCells {
  readonly text: string;
  readonly count: number;
  /** 1-based line on which the row starts. */
  readonly line: number;
  start(index: number): number;
  end(index: number): number;
  /** Doubled quotes stand in the cell still. */
  isEscaped(index: number): boolean;
}

/**
 * Cuts text, split anywhere, into rows of cells (RFC 4180, with the liberties logs take: blanks around cells, CR LF, CR CR LF,
 * lone CR, empty lines, a quote inside of an unquoted cell). Cells are places in the text: no string is made for one.
 */
export class RowScanner implements RowCells {
  readonly #delimiter: number;
  readonly #take: (row: RowCells) => void;
  /** From the start of the row being read. */
  text = '';
  /** Line on which the row being read starts. */
  line = 1;
  count = 0;
  #linesInRow = 0;
  #at = 0;
  #cellStart = 0;
  #isQuoted = false;
  /** Behind the closing quote of a quoted cell; -1 in any other. */
  #quoteEnd = -1;
  #hasDoubled = false;
  #ignoresQuotes = false;
  #starts = new Int32Array(64);
  #ends = new Int32Array(64);
  #escaped = new Uint8Array(64);
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

  /** Inside of a quoted cell: what was read of the row may be any part of it. */
  get isInQuotes(): boolean {
    return this.#isQuoted && this.#quoteEnd < 0 && !this.#endsWithQuote();
  }

  /** The last sign is a quote that closes the cell, unless another one comes behind it. */
  #endsWithQuote(): boolean {
    return this.#at === this.text.length - 1 && this.#at >= this.#cellStart && this.text.charCodeAt(this.#at) === 34;
  }

  /** Nothing but blanks since the last row. */
  get isBetweenRows(): boolean {
    return this.count === 0 && this.text.trim() === '';
  }

  feed(more: string): void {
    this.text = this.text === '' ? more : this.text + more;
    this.#scan();
  }

  /** Takes the unfinished row as it is, then stands where it stood. */
  offerRest(): void {
    const { count } = this;
    const quoteEnd = this.#quoteEnd;
    if (this.#isQuoted && quoteEnd < 0 && this.#endsWithQuote()) this.#quoteEnd = this.#at;
    this.#closeCell(this.text.length);
    if (!this.#isEmptyRow()) this.#take(this);
    this.#quoteEnd = quoteEnd;
    this.count = count;
  }

  #scan(): void {
    const { text } = this;
    const end = text.length;
    const delimiter = this.#delimiter;
    let at = this.#at;
    let rowStart = 0;
    while (at < end) {
      if (this.#isQuoted && this.#quoteEnd < 0) {
        const quote = text.indexOf('"', at);
        if (quote < 0 || quote - this.#cellStart > longestQuoted) {
          if (end - this.#cellStart > longestQuoted) {
            this.unclosedAt ??= this.line;
            this.#ignoresQuotes = true;
            at = rowStart;
            this.#startRow(at);
            continue;
          }
          at = end;
          break;
        }
        // The sign behind the quote decides; it may come with the next piece.
        if (quote + 1 >= end) {
          at = quote;
          break;
        }
        if (text.charCodeAt(quote + 1) === 34) {
          this.#hasDoubled = true;
          at = quote + 2;
          continue;
        }
        this.#linesInRow += countLines(text, this.#cellStart, quote);
        this.#quoteEnd = quote;
        at = quote + 1;
        continue;
      }
      const code = text.charCodeAt(at);
      if (code === delimiter) {
        this.#closeCell(at);
        at += 1;
        this.#openCell(at);
      } else if (code === 10 || code === 13) {
        this.#closeCell(at);
        if (!this.#isEmptyRow()) this.#take(this);
        if (code === 10) this.#linesInRow += 1;
        at += 1;
        this.line += this.#linesInRow;
        this.#ignoresQuotes = false;
        rowStart = at;
        this.#startRow(at);
      } else {
        if (code === 34 && !this.#isQuoted && !this.#ignoresQuotes && this.#isBlank(this.#cellStart, at)) {
          this.#isQuoted = true;
          this.#cellStart = at + 1;
        }
        at += 1;
      }
    }
    this.#cut(rowStart, at);
  }

  /** Lets go of the rows that were taken. */
  #cut(rowStart: number, at: number): void {
    this.#at = at - rowStart;
    if (rowStart === 0) return;
    this.text = this.text.slice(rowStart);
    this.#cellStart -= rowStart;
    if (this.#quoteEnd >= 0) this.#quoteEnd -= rowStart;
    for (let i = 0; i < this.count; i += 1) {
      this.#starts[i] = this.start(i) - rowStart;
      this.#ends[i] = this.end(i) - rowStart;
    }
  }

  #startRow(at: number): void {
    this.count = 0;
    this.#linesInRow = 0;
    this.#openCell(at);
  }

  #openCell(at: number): void {
    this.#cellStart = at;
    this.#isQuoted = false;
    this.#quoteEnd = -1;
    this.#hasDoubled = false;
  }

  #closeCell(at: number): void {
    const index = this.count;
    if (index >= this.#starts.length) this.#grow();
    let start = this.#cellStart;
    let end = this.#quoteEnd >= 0 ? this.#quoteEnd : at;
    while (start < end && isBlankCode(this.text.charCodeAt(start))) start += 1;
    while (end > start && isBlankCode(this.text.charCodeAt(end - 1))) end -= 1;
    this.#starts[index] = start;
    this.#ends[index] = end;
    this.#escaped[index] = this.#hasDoubled ? 1 : 0;
    this.count = index + 1;
  }

  #grow(): void {
    const size = 2 * this.#starts.length;
    const starts = new Int32Array(size);
    starts.set(this.#starts);
    this.#starts = starts;
    const ends = new Int32Array(size);
    ends.set(this.#ends);
    this.#ends = ends;
    const escaped = new Uint8Array(size);
    escaped.set(this.#escaped);
    this.#escaped = escaped;
  }

  /** Empty lines, and those of nothing but delimiters that spreadsheets leave between tables. */
  #isEmptyRow(): boolean {
    for (let i = 0; i < this.count; i += 1) if (this.start(i) < this.end(i)) return false;
    return true;
  }

  #isBlank(start: number, end: number): boolean {
    for (let at = start; at < end; at += 1) if (!isBlankCode(this.text.charCodeAt(at))) return false;
    return true;
  }
}

function isBlankCode(code: number): boolean {
  return code === 32 || code === 9 || code === 13 || code === 0xfeff || code === 0xa0;
}

function countLines(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
