import { membership } from './membership.ts';
import type { Column, Table } from './table.ts';

/**
 * Whether x falls back inside of a series. Where it only falls from the last row of one series to the first of another, the
 * log was written series by series, or one of them is logged late: nothing was overwritten and no second run began.
 * @param columns of values, axes left out. @param x by row of the table.
 */
export function seriesFall(table: Table, rows: Int32Array, columns: readonly Column[], x: Float64Array): boolean {
  const isIn = membership(table, rows);
  return columns.some((column) => {
    const cells = column.rows.view();
    let last = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < cells.length; i++) {
      const row = cells[i] ?? 0;
      const at = x[row] ?? Number.NaN;
      if (isIn[row] !== 1 || Number.isNaN(at)) continue;
      if (at < last) return true;
      last = at;
    }
    return false;
  });
}
