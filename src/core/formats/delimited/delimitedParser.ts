import type { RowSink } from '../format.ts';
import { readNumber } from '../readNumber.ts';
import type { TextParser } from '../text/decodedText.ts';
import { type RowCells, RowScanner } from './rowScanner.ts';

/** Spellings of a value that is not there; NaN is a number that went wrong, and stays. */
const missing = new Set(['', 'none', 'null', 'na', 'n/a', '-', '<na>']);

/** Reads a table with a header: a row a record, numbers and names of groups by column. */
export class DelimitedParser implements TextParser {
  readonly #sink: RowSink;
  readonly #scanner: RowScanner;
  /** Column of each place; -1 for a place without a name. Empty until the header was read. */
  #columns: readonly number[] = [];
  #names: readonly string[] = [];

  constructor(delimiter: string, sink: RowSink) {
    this.#sink = sink;
    this.#scanner = new RowScanner(delimiter, (row) => this.#take(row));
  }

  feed(text: string): void {
    this.#scanner.feed(text);
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
    if (this.#columns.length === 0 || this.#isHeader(row)) {
      this.#readHeader(row);
      return;
    }
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
      const column = this.#columns[i] ?? -1;
      const [start, end] = [row.start(i), row.end(i)];
      if (column < 0 || start === end) continue;
      const value = readNumber(row.text, start, end);
      if (value !== undefined) this.#sink.number(column, value);
      else this.#takeText(column, textOf(row, i));
    }
    this.#sink.endRow();
  }

  #takeText(column: number, text: string): void {
    if (missing.has(text.toLowerCase())) return;
    const percent = /^([+-]?[\d.]+(?:e[+-]?\d+)?)\s*%$/i.exec(text)?.[1];
    if (percent !== undefined && Number.isFinite(Number(percent))) this.#sink.number(column, Number(percent));
    else this.#sink.text(column, text);
  }

  /** The header once more: an appended run, or one of several tables in a file. */
  #isHeader(row: RowCells): boolean {
    if (row.count < 2) return false;
    const same = row.count === this.#names.length && this.#names.every((name, i) => textOf(row, i) === name);
    return same;
  }

  #readHeader(row: RowCells): void {
    const names = Array.from({ length: row.count }, (_, i) => textOf(row, i));
    if (this.#columns.length > 0) this.#sink.startRun(null);
    this.#names = names;
    const seen = new Set<string>();
    this.#columns = names.map((name, i) => {
      if (name === '') return -1;
      const column = this.#sink.column(seen.has(name) ? `${name} (${i + 1})` : name);
      seen.add(name);
      return column;
    });
  }
}

function textOf(row: RowCells, index: number): string {
  const text = row.text.slice(row.start(index), row.end(index));
  return row.isEscaped(index) ? text.replaceAll('""', '"') : text;
}
