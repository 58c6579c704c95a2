import type { BinaryFormat, Sample } from '../../src/core/formats/format.ts';
import { Table } from '../../src/core/runs/table.ts';

export interface ReadColumn {
  readonly name: string;
  readonly isAxis: boolean;
  /** [x, y] of each cell, x from the column asked for. */
  readonly points: readonly (readonly [number, number])[];
}

export const sampleOf = (bytes: Uint8Array, fileName = 'log', folders: readonly string[] = []): Sample => ({
  fileName,
  folders,
  size: bytes.length,
  bytes: bytes.subarray(0, 256 * 1024),
  head: '',
  tail: '',
});

/** Reads a binary log given in pieces, with its unfinished end. */
export function readTable(format: BinaryFormat, pieces: readonly Uint8Array[]): Table {
  const table = new Table();
  const parser = format.open(table, sampleOf(pieces[0] ?? new Uint8Array(0)));
  for (const piece of pieces) parser.feed(piece);
  parser.finish();
  return table;
}

/** Columns with a number in them, over the values that a column of an axis has in the same rows. */
export function columnsOver(table: Table, ...axes: readonly string[]): readonly ReadColumn[] {
  const xs = new Map<number, number>();
  for (const x of table.columns.filter(({ name }) => axes.includes(name))) {
    for (let i = 0; i < x.rows.length; i += 1) xs.set(x.rows.at(i), x.values.at(i));
  }
  return table.columns
    .filter(({ rows }) => rows.length > 0)
    .map(({ name, facts, rows, values }) => ({
      name,
      isAxis: facts?.axis !== undefined,
      points: Array.from({ length: rows.length }, (_, i) => [xs.get(rows.at(i)) ?? Number.NaN, values.at(i)]),
    }));
}

/** Everything a table holds, for comparing two readings. */
export const contentOf = (table: Table): unknown => ({
  rows: Array.from({ length: table.rowCount }, (_, row) => table.lineOf(row)),
  columns: table.columns.map(({ name, facts, rows, values, textRows, textCodes, texts }) => ({
    name,
    facts,
    rows: [...rows.view()],
    values: [...values.view()],
    textRows: [...textRows.view()],
    textCodes: [...textCodes.view()],
    texts,
  })),
  segments: table.segments,
  problems: table.problems,
});
