import { decodeUtf8 } from '../bytes/utf8.ts';
import type { RowCells } from './rowScanner.ts';

/** Text of a cell, doubled quotes made single. */
export function cellText(row: RowCells, index: number): string {
  const text = decodeUtf8(row.bytes, row.start(index), row.end(index));
  return row.isEscaped(index) ? text.replaceAll('""', '"') : text;
}

export const cellTexts = (row: RowCells): string[] => Array.from({ length: row.count }, (_, i) => cellText(row, i));

/** Names of the columns in a header; behind a `#`, as gnuplot has it, it is a header all the same. */
export const headerNames = (cells: readonly string[]): string[] =>
  cells.map((name, i) => (i === 0 ? name.replace(/^#\s*/, '') : name));
