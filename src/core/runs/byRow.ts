import type { Column } from './table.ts';

/** One value for each row of the table, NaN where there is none; a view of the column's own where it has all of them. */
export function byRow({ rows, values }: Column, rowCount: number): Float64Array {
  if (rows.length === rowCount) return values.view();
  const all = new Float64Array(rowCount).fill(Number.NaN);
  const cellRows = rows.view();
  const cellValues = values.view();
  for (let i = 0; i < cellRows.length; i++) all[cellRows[i] ?? 0] = cellValues[i] ?? Number.NaN;
  return all;
}
