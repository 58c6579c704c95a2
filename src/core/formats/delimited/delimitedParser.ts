import { readNumber as readNumberAt } from '../bytes/readNumber.ts';
import { decodeUtf8 } from '../bytes/utf8.ts';
import { isCounterName } from '../counterName.ts';
import type { Parser, RowSink } from '../format.ts';
import { readNumber } from '../readNumber.ts';
import { rowsAtOnce } from '../simd/layout.ts';
import { type ColumnOf, leftOut } from '../wantedColumns.ts';
import { beforeBlanks, pastBlanks } from './blanks.ts';
import { cellNumber } from './cellNumber.ts';
import { cellText, cellTexts, headerNames } from './cellText.ts';
import type { NumberRows, QuickRows } from './quickRows.ts';
import type { RowCells } from './rowScanner.ts';
import { TableRows } from './tableRows.ts';

/** Spellings of a value that is not there; NaN is a number that went wrong, and stays. */
const missing = new Set(['', 'none', 'null', 'na', 'n/a', '-', '<na>']);

/** Reads a table with a header: a row a record, numbers and names of groups by column. */
export class DelimitedParser implements Parser {
  readonly #sink: RowSink;
  readonly #columnOf: ColumnOf;
  readonly #rows: TableRows;
  /** Column of each place, or that it is left out. Empty until the header was read. */
  #columns: readonly number[] = [];
  #names: readonly string[];
  /** Places of the columns that are read. */
  #wanted: readonly number[] = [];
  #handles: readonly number[] = [];
  /** No two of them are the same. */
  #hasOwnColumns = true;
  readonly #number = new Float64Array(1);
  readonly #delimiter: string;
  /** Of the table that begins next. */
  #title: string | null = null;

  /** @param columnOf a name of the header. @param header its names, where lines may stand before it; without them the first row is the header. */
  constructor(delimiter: string, sink: RowSink, columnOf: ColumnOf, header: readonly string[] = []) {
    this.#sink = sink;
    this.#columnOf = columnOf;
    this.#delimiter = delimiter;
    this.#names = header;
    this.#rows = new TableRows(delimiter, (row) => this.#take(row), {
      rows: (rows, count) => this.#takeNumbers(rows, count),
      row: (row, at) => this.#takeQuick(row, at, row),
    });
  }

  feed(bytes: Uint8Array): void {
    const { scanner } = this.#rows;
    this.#rows.feed(bytes);
    const { unclosedAt } = scanner;
    if (unclosedAt === null) return;
    scanner.unclosedAt = null;
    this.#sink.problem({
      code: 'unclosed-quote',
      message: `Line ${unclosedAt}: a quote is never closed; the line was read as if it had none.`,
      line: unclosedAt,
    });
  }

  finish(): void {
    // A row that was cut short, in a cell or between cells, says nothing that can be relied on: it waits for its rest.
    const { scanner } = this.#rows;
    if (scanner.isBetweenRows || scanner.isInQuotes || this.#columns.length === 0) return;
    if (scanner.count + 1 < this.#columns.length) return;
    scanner.offerRest();
  }

  #take(row: RowCells): void {
    if (this.#names.length === 0 || this.#isHeader(row)) {
      this.#readHeader(row);
      return;
    }
    if (this.#isTitle(row)) {
      this.#title = cellText(row, 0);
      return;
    }
    if (this.#columns.length === 0) return;
    if (row.count > this.#columns.length || row.count < Math.min(2, this.#columns.length)) {
      const expected = this.#columns.length;
      this.#sink.problem({
        code: 'ragged-row',
        message: `Line ${row.line}: this row has ${row.count} cells where the header has ${expected}; ${row.count > expected ? 'the cells beyond it were left out' : 'it was left out'}.`,
        line: row.line,
      });
      if (row.count < expected) return;
    }
    this.#sink.beginRow(row.line);
    const count = Math.min(row.count, this.#columns.length);
    for (let i = 0; i < count; i++) {
      const column = this.#columns[i] ?? leftOut;
      if (column === leftOut || row.start(i) === row.end(i)) continue;
      if (row.isNumber(i)) this.#sink.number(column, row.numberAt(i));
      else this.#takeText(i, column, cellText(row, i));
    }
    this.#sink.endRow();
  }

  #takeNumbers(rows: NumberRows, count: number): void {
    const { starts, numbers } = rows;
    const columns = this.#handles;
    if (this.#hasOwnColumns) {
      this.#sink.numberRows({ count, starts, columns, numbers, stride: rowsAtOnce });
    } else for (let at = 0; at < count; at++) this.#takeQuick(rows, at);
  }

  /** A row with a number in it, as a `#take` that knows so much would read it. */
  #takeQuick(row: NumberRows, at: number, wordings: QuickRows | null = null): void {
    const sink = this.#sink;
    sink.beginRow(row.starts[at] ?? 0);
    this.#handles.forEach((column, i) => {
      const number = row.numbers[i * rowsAtOnce + at] ?? Number.NaN;
      if (!Number.isNaN(number)) sink.number(column, number);
      else if (wordings !== null) this.#takeWording(wordings, i, column);
    });
    sink.endRow();
  }

  #takeWording({ bytes, wordStarts, wordEnds }: QuickRows, index: number, column: number): void {
    const start = pastBlanks(bytes, wordStarts[index] ?? 0, wordEnds[index] ?? 0);
    const end = beforeBlanks(bytes, start, wordEnds[index] ?? 0);
    if (start >= end) return;
    if (readNumberAt(bytes, start, end, this.#number, 0)) this.#sink.number(column, this.#number[0] ?? Number.NaN);
    else this.#takeText(this.#wanted[index] ?? 0, column, decodeUtf8(bytes, start, end));
  }

  #takeText(place: number, column: number, text: string): void {
    if (missing.has(text.toLowerCase())) return;
    const number = cellNumber(text, this.#delimiter, isCounterName(this.#names[place] ?? ''));
    if (number === undefined) this.#sink.text(column, text);
    else this.#sink.number(column, number);
  }

  /** The header once more: an appended run, or one of several tables in a file. */
  #isHeader(row: RowCells): boolean {
    // No name is a number; most rows are told apart from a header by their first cell.
    if (row.count !== this.#names.length || row.isNumber(0)) return false;
    return headerNames(cellTexts(row)).every((name, i) => name === this.#names[i]);
  }

  /** A line between tables, which names the one below: text in the first cell and nothing in the others. */
  #isTitle(row: RowCells): boolean {
    if (row.count < 2 || row.count < this.#names.length || row.start(0) === row.end(0)) return false;
    for (let i = 1; i < row.count; i++) if (row.start(i) < row.end(i)) return false;
    return !row.isNumber(0);
  }

  #readHeader(row: RowCells): void {
    const names = headerNames(cellTexts(row));
    if (this.#columns.length > 0 || this.#title !== null) this.#sink.startRun(this.#title);
    this.#title = null;
    this.#names = names;
    const seen = new Set<string>();
    this.#columns = names.map((name, i) => {
      if (name === '') return leftOut;
      const column = this.#columnOf(seen.has(name) ? `${name} (${i + 1})` : name);
      seen.add(name);
      return column;
    });
    this.#wanted = [...this.#columns.keys()].filter((i) => this.#columns[i] !== leftOut);
    this.#handles = this.#columns.filter((column) => column !== leftOut);
    this.#hasOwnColumns = new Set(this.#handles).size === this.#handles.length;
    // A row with a number in a wanted cell can be no header then.
    const isQuick = !names.some((name) => readNumber(name, 0, name.length) !== undefined);
    this.#rows.plan(isQuick ? this.#wanted : [], names.length);
  }
}
