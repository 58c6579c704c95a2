import { membership } from './membership.ts';
import { type FallOfSeries, fallOf } from './overtaking.ts';
import type { Column, Table } from './table.ts';

/** Columns with different rows that later ones are compared with: most columns have the rows of another. */
const mostCompared = 16;

/**
 * How x falls inside of the series. Where it only falls from the last row of one series to the first of another, the log was
 * written series by series, or one of them is logged late: nothing was overwritten and no second run began. Processes overtake
 * one another where no series falls otherwise.
 * @param columns of values, axes left out. @param x by row of the table.
 */
export function seriesFalls(table: Table, rows: Int32Array, columns: readonly Column[], x: Float64Array): FallOfSeries {
  const isIn = membership(table, rows);
  const known: Column[] = [];
  const found = new Set<FallOfSeries>();
  for (const column of columns) {
    if (known.some((other) => other.rows.equals(column.rows))) continue;
    if (known.length < mostCompared) known.push(column);
    found.add(fallOf(xOf(column, isIn, x)));
  }
  const hasLate = found.has('overtaken') || found.has('soon-overtaken');
  if (!found.has('falling') && !hasLate) return 'rising';
  if (found.has('overtaken') && !found.has('falling')) return 'overtaken';
  return hasLate ? 'soon-overtaken' : 'falling';
}

/** Where the values of a column stand, as far as that is known. */
function xOf(column: Column, isIn: Uint8Array, x: Float64Array): Float64Array {
  const own = column.rows.view();
  const at = new Float64Array(own.length);
  let count = 0;
  for (let i = 0; i < own.length; i++) {
    const row = own[i] ?? 0;
    const value = x[row] ?? Number.NaN;
    if (isIn[row] !== 1 || Number.isNaN(value)) continue;
    at[count] = value;
    count += 1;
  }
  return at.subarray(0, count);
}
