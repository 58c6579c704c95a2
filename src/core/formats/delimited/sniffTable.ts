import type { Sample } from '../format.ts';
import { oncePerSample } from '../oncePerSample.ts';
import { readNumber } from '../readNumber.ts';
import { type RowCells, RowScanner } from './rowScanner.ts';

export interface SniffedTable {
  readonly delimiter: string;
  readonly names: readonly string[];
  /** Rows below the header that were looked at, as many cells as it has. */
  readonly rows: number;
  /** Rows below the header, of any number of cells. */
  readonly allRows: number;
  /** Share of filled cells that are numbers. */
  readonly numberShare: number;
  /** Cells with nothing in them, in the rows looked at. */
  readonly emptyCells: number;
}

const delimiters = [',', '\t', ';', '|'];
const looksAt = 200;

/** The table that the first block holds when cut at the likeliest delimiter; null where no header stands over numbers. */
export const sniffTable = oncePerSample(({ head, size, bytes }: Sample): SniffedTable | null => {
  // The last line of a block that goes on is cut anywhere.
  const whole = size > bytes.length ? head.slice(0, head.lastIndexOf('\n') + 1) : head;
  let best: SniffedTable | null = null;
  for (const delimiter of delimiters) {
    const table = sniffAt(whole, delimiter);
    if (table !== null && table.rows * table.names.length > (best?.rows ?? 0) * (best?.names.length ?? 0)) best = table;
  }
  return best;
});

function sniffAt(text: string, delimiter: string): SniffedTable | null {
  let names: readonly string[] | null = null;
  let rows = 0;
  let allRows = 0;
  let filled = 0;
  let numbers = 0;
  let empty = 0;
  const scanner = new RowScanner(delimiter, (row) => {
    if (allRows > looksAt) return;
    if (names === null) {
      names = Array.from({ length: row.count }, (_, i) => row.text.slice(row.start(i), row.end(i)));
      return;
    }
    allRows += 1;
    if (row.count !== names.length) return;
    rows += 1;
    for (let i = 0; i < row.count; i++) {
      if (row.start(i) === row.end(i)) {
        empty += 1;
        continue;
      }
      filled += 1;
      if (isNumber(row, i)) numbers += 1;
    }
  });
  const lines = text.split('\n', looksAt + 2).join('\n');
  scanner.feed(text.length > lines.length ? `${lines}\n` : text);
  scanner.offerRest();
  const header: readonly string[] | null = names;
  if (header === null) return null;
  return describesColumns(header)
    ? { delimiter, names: header, rows, allRows, numberShare: numbers / Math.max(1, filled), emptyCells: empty }
    : null;
}

function isNumber(row: RowCells, index: number): boolean {
  return readNumber(row.text, row.start(index), row.end(index)) !== undefined;
}

/** At least two names, none endless, and no numbers among them. */
function describesColumns(names: readonly string[]): boolean {
  const filled = names.filter((name) => name !== '');
  return (
    names.length >= 2 &&
    filled.length >= 0.5 * names.length &&
    filled.every((name) => name.length <= 200) &&
    filled.filter((name) => readNumber(name, 0, name.length) !== undefined).length === 0
  );
}
