import { isCounterName } from '../counterName.ts';
import type { Parser, RowSink } from '../format.ts';
import { type ColumnOf, leftOut } from '../wantedColumns.ts';
import { cellNumber } from './cellNumber.ts';
import { cellText, cellTexts, headerNames } from './cellText.ts';
import { type RowCells, RowScanner } from './rowScanner.ts';

/** Spellings of a value that is not there; NaN is a number that went wrong, and stays. */
const missing = new Set(['', 'none', 'null', 'na', 'n/a', '-', '<na>']);

/** Reads a table with a header: a row a record, numbers and names of groups by column. */
export class DelimitedParser implements Parser {
  readonly #sink: RowSink;
  readonly #columnOf: ColumnOf;
  readonly #scanner: RowScanner;
  /** Column of each place, or that it is left out. Empty until the header was read. */
  #columns: readonly number[] = [];
  #names: readonly string[];
  readonly #delimiter: string;
  /** Of the table that begins next. */
  #title: string | null = null;

  /** @param columnOf a name of the header. @param header its names, where lines may stand before it; without them the first row is the header. */
  constructor(delimiter: string, sink: RowSink, columnOf: ColumnOf, header: readonly string[] = []) {
    this.#sink = sink;
    this.#columnOf = columnOf;
    this.#delimiter = delimiter;
    this.#names = header;
    this.#scanner = new RowScanner(delimiter, (row) => this.#take(row));
  }

  feed(bytes: Uint8Array): void {
    this.#scanner.feed(bytes);
    const { unclosedAt } = this.#scanner;
    if (unclosedAt === null) return;
    this.#scanner.unclosedAt = null;
    this.#sink.problem({
      code: 'unclosed-quote',
      message: `Line ${unclosedAt}: a quote is never closed; the line was read as if it had none.`,
      line: unclosedAt,
    });
  }

  finish(): void {
    // A row that was cut short, in a cell or between cells, says nothing that can be relied on: it waits for its rest.
    if (this.#scanner.isBetweenRows || this.#scanner.isInQuotes || this.#columns.length === 0) return;
    if (this.#scanner.count + 1 < this.#columns.length) return;
    this.#scanner.offerRest();
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
    this.#scanner.passOver(this.#columns.map((column) => column === leftOut));
  }
}
