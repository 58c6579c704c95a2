import type { IsWanted, RowSink } from './format.ts';

/** Handle of a column that is left out: nothing may be put there. */
export const leftOut = -1;

/** Handle for a name. */
export type ColumnOf = (name: string) => number;

/** Handles of a sink, but none for a column that is not wanted. */
export function wantedColumns(sink: RowSink, isWanted: IsWanted | undefined): ColumnOf {
  return (name) => (isWanted === undefined || isWanted(name) ? sink.column(name) : leftOut);
}
