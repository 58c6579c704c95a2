import type { ColumnFacts, RowSink } from '../format.ts';

export type Cell = readonly [name: string, value: number];

/** What a format says of the columns it knows. */
export type Facts = ReadonlyMap<string, ColumnFacts>;

/** Puts one record into the sink; a record without a number is none. */
export function writeRow(sink: RowSink, line: number, cells: Iterable<Cell>, facts?: Facts): void {
  let isOpen = false;
  for (const [name, value] of cells) {
    if (!isOpen) sink.beginRow(line);
    isOpen = true;
    const column = sink.column(name);
    const known = facts?.get(name);
    if (known !== undefined) sink.describe(column, known);
    sink.number(column, value);
  }
  if (isOpen) sink.endRow();
}

/** Axes in order of preference, the main one first. */
export function axisFacts(why: string, ...names: readonly string[]): Facts {
  return new Map(names.map((name, axis) => [name, { axis, why }]));
}
