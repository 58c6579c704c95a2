import type { Column, Table } from './table.ts';

/** Whether all that the earlier reading of a log had is how the later one begins. */
export function goesOn(earlier: Table, later: Table): boolean {
  if (later.rowCount < earlier.rowCount) return false;
  return earlier.columns.every((column) => {
    const same = later.find(column.name);
    return same === undefined ? column.rows.length === 0 : beginsAs(column, same);
  });
}

function beginsAs(earlier: Column, later: Column): boolean {
  const { length } = earlier.rows;
  if (later.rows.length < length) return false;
  const [rows, laterRows] = [earlier.rows.view(), later.rows.view()];
  for (let i = 0; i < length; i++) if (rows[i] !== laterRows[i]) return false;
  // Of values that are not kept the rows must do.
  if (earlier.cold !== null || later.cold !== null) return true;
  const [values, laterValues] = [earlier.values.view(), later.values.view()];
  for (let i = 0; i < length; i++) if (!Object.is(values[i], laterValues[i])) return false;
  return true;
}
