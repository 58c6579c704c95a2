import { encodeUtf8 } from '../bytes/utf8.ts';
import { isCounterName } from '../counterName.ts';
import type { Sample } from '../format.ts';
import { isMetricName } from '../metricName.ts';
import { oncePerSample } from '../oncePerSample.ts';
import { readNumber } from '../readNumber.ts';
import { cellNumber } from './cellNumber.ts';
import { cellText, headerNames } from './cellText.ts';
import { type RowCells, RowScanner } from './rowScanner.ts';

export interface SniffedTable {
  readonly delimiter: string;
  readonly names: readonly string[];
  /** How many of these rows have a number there, by column. */
  readonly numbersBelow: readonly number[];
  /** Rows below the header that were looked at, as many cells as it has. */
  readonly rows: number;
  /** Rows below the header, of any number of cells. */
  readonly allRows: number;
  /** Share of filled cells that are numbers. */
  readonly numberShare: number;
  /** Cells with nothing in them, in the rows looked at. */
  readonly emptyCells: number;
}

/** The cells of a row: null for a number. */
type LookedAt = readonly (string | null)[];

const delimiters = [',', '\t', ';', '|'];
const looksAt = 200;
/** Rows that may stand before the header. */
const longestPreamble = 10;

/** A first line that is a JSON object has no names of columns. */
const beginsWithObject = /^\ufeff?\{"[^\n]*\}\r?\n/;

/** The table that the first block holds when cut at the likeliest delimiter; null where no header stands over numbers. */
export const sniffTable = oncePerSample(({ head, size, bytes }: Sample): SniffedTable | null => {
  if (beginsWithObject.test(head)) return null;
  // The last line of a block that goes on is cut anywhere.
  const whole = size > bytes.length ? head.slice(0, head.lastIndexOf('\n') + 1) : head;
  const lines = whole.split('\n', looksAt + 2).join('\n');
  const text = whole.length > lines.length ? `${lines}\n` : whole;
  let [best, cells]: [SniffedTable | null, number] = [null, 0];
  // Without its delimiter a table has one column, and a row on each line at most.
  const endsOfLine = text.match(/[\r\n]/g)?.length ?? 0;
  for (const delimiter of delimiters) {
    if (cells > endsOfLine && !text.includes(delimiter)) continue;
    const table = sniffAt(text, delimiter);
    if (table === null || table.rows * table.names.length <= cells) continue;
    best = table;
    cells = table.rows * table.names.length;
  }
  return best;
});

/** @param text lines from the first on, the last one without its end where it is the last of the log */
function sniffAt(text: string, delimiter: string): SniffedTable | null {
  const rows: LookedAt[] = [];
  const scanner = new RowScanner(delimiter, (row) => {
    if (rows.length <= looksAt) rows.push(lookAt(row));
  });
  const cut = behindFirstLines(text);
  scanner.feed(encodeUtf8(text.slice(0, cut)));
  // Most texts have no header at any of the delimiters, and that shows in their first lines.
  if (hasPreamble(rows) && headerAt(findHeader(rows), rows) === null) return null;
  scanner.feed(encodeUtf8(text.slice(cut)));
  scanner.offerRest();
  const place = findHeader(rows);
  const header = headerAt(place, rows);
  if (header === null) return null;
  const below = rows.slice(place + 1);
  const alike = below.filter((row) => row.length === header.length);
  const numbersBelow = header.map((name, i) => {
    const isCounter = isCounterName(name);
    return alike.filter((row) => isNumber(row[i] ?? null, delimiter, isCounter)).length;
  });
  const filled = alike.reduce((sum, row) => sum + row.filter((cell) => cell !== '').length, 0);
  const numbers = numbersBelow.reduce((sum, count) => sum + count, 0);
  if (header.length === 1 && numbers < alike.length) return null;
  return {
    delimiter,
    names: header,
    numbersBelow,
    rows: alike.length,
    allRows: below.length,
    numberShare: numbers / Math.max(1, filled),
    emptyCells: header.length * alike.length - filled,
  };
}

/** So many lines hold all rows that a header is looked for in, unless cells go over several. */
function behindFirstLines(text: string): number {
  let at = 0;
  for (let line = 0; line < longestPreamble + 2 && at >= 0; line += 1) at = text.indexOf('\n', at) + 1 || -1;
  return at < 0 ? text.length : at;
}

/** Whether the header is where it would be found among more rows too: of those before it, no comment is the last row. */
const hasPreamble = (rows: readonly LookedAt[]): boolean =>
  rows.length > longestPreamble && rows[longestPreamble]?.[0]?.startsWith('#') !== true;

/** Names of columns in that row; null where it is none of names. */
function headerAt(place: number, rows: readonly LookedAt[]): readonly string[] | null {
  const row = rows[place];
  const names = row === undefined ? [] : headerNames(row.filter((cell) => cell !== null));
  return names.length === row?.length && describesColumns(names) ? names : null;
}

/** The first row, or the first behind titles and comments: lines with fewer cells, most of theirs empty, or behind a `#`. */
function findHeader(rows: readonly LookedAt[]): number {
  for (let at = 0; at < Math.min(rows.length - 1, longestPreamble); at++) {
    const row = rows[at] ?? [];
    const below = rows.slice(at + 1).find((one) => one[0]?.startsWith('#') !== true);
    const isComment = row[0]?.startsWith('#') === true && row.length !== below?.length;
    const isTitle = isComment || row.filter((cell) => cell !== '').length < 0.5 * row.length;
    if (!isTitle && row.length >= (rows[at + 1]?.length ?? 0)) return at;
  }
  return 0;
}

function isNumber(cell: string | null, delimiter: string, isCounter: boolean): boolean {
  return cell === null || (cell !== '' && cellNumber(cell, delimiter, isCounter) !== undefined);
}

function lookAt(row: RowCells): LookedAt {
  return Array.from({ length: row.count }, (_, i) => {
    if (row.start(i) === row.end(i)) return '';
    return row.isNumber(i) ? null : cellText(row, i);
  });
}

/** At least two names or one of a metric, none endless, and no numbers among them. */
function describesColumns(names: readonly string[]): boolean {
  const filled = names.filter((name) => name !== '');
  return (
    (names.length >= 2 || names.some(isMetricName)) &&
    filled.length >= 0.5 * names.length &&
    filled.every((name) => name.length <= 200) &&
    filled.filter((name) => readNumber(name, 0, name.length) !== undefined).length === 0
  );
}
