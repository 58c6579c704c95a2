import type { Table } from './table.ts';

/** 1 for each row of the table that is among these. */
export function membership(table: Table, rows: Int32Array): Uint8Array {
  const isIn = new Uint8Array(table.rowCount);
  for (const row of rows) isIn[row] = 1;
  return isIn;
}
