import { Table } from '../../../src/core/runs/table.ts';

type Cell = number | string | null;

/** A table with a header and rows as a parser would have put them in; null is a missing cell. */
export function tableOf(names: readonly string[], rows: readonly (readonly Cell[])[]): Table {
  const table = new Table();
  addRows(table, names, rows);
  return table;
}

export function addRows(table: Table, names: readonly string[], rows: readonly (readonly Cell[])[]): void {
  const columns = names.map((name) => table.column(name));
  for (const cells of rows) {
    table.beginRow(table.rowCount + 2);
    cells.forEach((cell, i) => {
      const column = columns[i] ?? 0;
      if (typeof cell === 'number') table.number(column, cell);
      else if (cell !== null) table.text(column, cell);
    });
    table.endRow();
  }
}
